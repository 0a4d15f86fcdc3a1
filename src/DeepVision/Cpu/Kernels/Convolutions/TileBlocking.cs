namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>How a matrix product is cut: into tiles of pixels, groups of them, groups of output channels, runs of the sum.</summary>
/// <param name="Tiles">Pixel tiles of an image.</param>
/// <param name="TilesPerGroup">Pixel tiles that one item works on together, so that weights are fetched once for all of them.</param>
/// <param name="ChannelTiles">Pairs of output blocks.</param>
/// <param name="ChannelTilesPerGroup">Pairs of output blocks that one item works on.</param>
/// <param name="BlocksPerRun">Input blocks that are summed before the sums go to memory. Affects rounding, so it depends on the layer alone.</param>
internal readonly record struct TileBlocking(
    int Tiles, int TilesPerGroup, int ChannelTiles, int ChannelTilesPerGroup, int BlocksPerRun)
{
    /// <summary>About how many taps are summed before sums go to memory: a pair of output blocks of AVX-512 has 128 KiB of weights then.</summary>
    internal const int TapsPerRun = 1024;

    // Panels of all tiles of a group; small where weights are at hand anyway, so that panels stay in the first-level cache.
    private const long PanelBudget = 256 * 1024;
    private const long ResidentPanelBudget = 64 * 1024;
    private const long ResidentWeights = 512 * 1024;
    // Every group of channels gathers its panels anew, so there are fewer of them where that happens.
    private const int ItemsPerThread = 4;
    private const int StreamingItemsPerThread = 2;

    internal int PixelGroups => (Tiles + TilesPerGroup - 1) / TilesPerGroup;

    internal int ChannelGroups => (ChannelTiles + ChannelTilesPerGroup - 1) / ChannelTilesPerGroup;

    internal static TileBlocking Choose(GemmPacking packing, int pixels, int images, int tilePixels, int threads)
    {
        int tapsOfBlock = packing.Taps * packing.Block;
        int runs = Math.Max(1, (packing.InBlocks * tapsOfBlock + (TapsPerRun / 2)) / TapsPerRun);
        int blocksPerRun = (packing.InBlocks + runs - 1) / runs;

        int tiles = (pixels + tilePixels - 1) / tilePixels;
        long panel = (long)blocksPerRun * tapsOfBlock * tilePixels * sizeof(float);
        bool isResident = packing.GroupStride * sizeof(float) <= ResidentWeights;
        int fitting = (int)Math.Clamp((isResident ? ResidentPanelBudget : PanelBudget) / panel, 1, tiles);
        int itemsPerThread = isResident ? ItemsPerThread : StreamingItemsPerThread;
        int wanted = Math.Max(1, threads * itemsPerThread / (images * packing.Groups));
        int tilesPerGroup;
        int channelGroups;
        if (isResident)
        {
            // All weights stay in the cache: groups only as long as balance allows, all channels at once.
            tilesPerGroup = Math.Clamp((tiles + wanted - 1) / wanted, 1, fitting);
            channelGroups = Math.Max(1, wanted / ((tiles + tilesPerGroup - 1) / tilesPerGroup));
        }
        else
        {
            // Weights come from further away: as many pixels as fit for each pass over them.
            int groups = (tiles + fitting - 1) / fitting;
            tilesPerGroup = (tiles + groups - 1) / groups;
            channelGroups = Math.Max(1, (wanted + groups - 1) / groups);
        }

        int perGroup = Math.Max(1, (packing.OutTiles + channelGroups - 1) / channelGroups);
        return new TileBlocking(tiles, tilesPerGroup, packing.OutTiles, perGroup, blocksPerRun);
    }

    public override string ToString() =>
        $"pixels {PixelGroups}x{TilesPerGroup} channels {ChannelGroups}x{ChannelTilesPerGroup} blocks/run {BlocksPerRun}";
}
