namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>How a matrix product is cut: into tiles of pixels, groups of them, groups of output channels, runs of the sum.</summary>
/// <param name="Tiles">Pixel tiles of an image.</param>
/// <param name="PixelGroups">Groups of pixel tiles, as even as can be. One item works on a group, so that weights are fetched once for all of its tiles.</param>
/// <param name="ChannelTiles">Pairs of output blocks.</param>
/// <param name="ChannelGroups">Groups of pairs, as even as can be, for an item each.</param>
/// <param name="ChannelsFirst">Whether neighboring items have the same channels, instead of the same pixels.</param>
/// <param name="BlocksPerRun">Input blocks that are summed before the sums go to memory. Affects rounding, so it depends on the layer alone.</param>
internal readonly record struct TileBlocking(
    int Tiles, int PixelGroups, int ChannelTiles, int ChannelGroups, bool ChannelsFirst, int BlocksPerRun)
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

    /// <summary>Tiles of the largest group.</summary>
    internal int TilesPerGroup => (Tiles + PixelGroups - 1) / PixelGroups;

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
        int products = images * packing.Groups;
        int wanted = Math.Max(1, threads * itemsPerThread / products);
        int pixelGroups;
        int channelGroups;
        if (isResident)
        {
            // All weights stay in the cache: groups only as long as balance allows, all channels at once.
            int tilesPerGroup = Math.Clamp((tiles + wanted - 1) / wanted, 1, fitting);
            pixelGroups = (tiles + tilesPerGroup - 1) / tilesPerGroup;
            channelGroups = Math.Max(1, wanted / pixelGroups);
        }
        else
        {
            // Weights come from further away: as many pixels as fit for each pass over them.
            pixelGroups = (tiles + fitting - 1) / fitting;
            channelGroups = Math.Max(1, (wanted + pixelGroups - 1) / pixelGroups);
        }

        int perGroup = Math.Max(1, (packing.OutTiles + channelGroups - 1) / channelGroups);
        channelGroups = (packing.OutTiles + perGroup - 1) / perGroup;
        var balance = new TileBalance(products, tiles, (double)pixels / tilePixels, packing.OutTiles, threads);
        (pixelGroups, channelGroups, bool channelsFirst) = balance.Choose(pixelGroups, channelGroups);
        return new TileBlocking(tiles, pixelGroups, packing.OutTiles, channelGroups, channelsFirst, blocksPerRun);
    }

    /// <summary>The groups of an item of one product.</summary>
    internal (int PixelGroup, int ChannelGroup) Find(int item)
    {
        (int slow, int fast) = Math.DivRem(item, ChannelsFirst ? PixelGroups : ChannelGroups);
        return ChannelsFirst ? (fast, slow) : (slow, fast);
    }

    /// <summary>The first tile of a group of pixels; that of the group behind the last is where the last ends.</summary>
    internal int FirstTile(int pixelGroup) => (int)((long)Tiles * pixelGroup / PixelGroups);

    /// <summary>The first pair of blocks of a group of channels.</summary>
    internal int FirstChannelTile(int channelGroup) => (int)((long)ChannelTiles * channelGroup / ChannelGroups);

    public override string ToString() =>
        $"pixels {PixelGroups}x{TilesPerGroup} channels {ChannelGroups}x{(ChannelTiles + ChannelGroups - 1) / ChannelGroups}"
        + $"{(ChannelsFirst ? " first" : "")} blocks/run {BlocksPerRun}";
}
