namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>How a Winograd layer is cut. Nothing here affects rounding: every product is one chain over the input channels.</summary>
/// <param name="Tiles">Tiles of all images and maps.</param>
/// <param name="GroupTiles">Tiles that one product takes at once.</param>
/// <param name="ItemGroups">Parts of the groups, as even as can be, for an item each, which fetches weights once for all of its groups.</param>
/// <param name="ChannelTiles">Pairs of output blocks.</param>
/// <param name="ChannelTilesPerItem">Pairs of output blocks that one item works on.</param>
/// <param name="ChannelTilesAtOnce">Pairs of output blocks whose products rest in scratch memory together.</param>
/// <param name="Rounds">How often points are found for some of the parts, which are multiplied then; 1 unless points are shared.</param>
/// <param name="SharesPoints">
/// Whether the input's points are found by a step of its own and shared by all items, instead of by each item for itself.
/// </param>
internal readonly record struct WinogradBlocking(
    int Tiles,
    int GroupTiles,
    int ItemGroups,
    int ChannelTiles,
    int ChannelTilesPerItem,
    int ChannelTilesAtOnce,
    int Rounds,
    bool SharesPoints)
{
    // What an item holds in the second-level cache: points of the input, products, a part of the weights.
    private const long ItemBytes = 1024 * 1024;
    private const int ItemsPerThread = 4;

    // Shared points that are found before they are multiplied: few enough to be still at hand then.
    private const long RoundBytes = 8 * 1024 * 1024;

    internal int Groups => (Tiles + GroupTiles - 1) / GroupTiles;

    /// <summary>Groups of the largest part.</summary>
    internal int GroupsPerItem => (Groups + ItemGroups - 1) / ItemGroups;

    /// <summary>Groups of the largest round.</summary>
    internal int GroupsPerRound
    {
        get
        {
            int largest = 0;
            for (int round = 0; round < Rounds; round++)
            {
                largest = Math.Max(largest, FirstGroup(FirstPart(round + 1)) - FirstGroup(FirstPart(round)));
            }

            return largest;
        }
    }

    internal int ChannelGroups => (ChannelTiles + ChannelTilesPerItem - 1) / ChannelTilesPerItem;

    internal static WinogradBlocking Choose(WinogradPacking packing, int tiles, ReadOnlySpan<int> groupSizes, int threads)
    {
        int groupTiles = GroupSize(tiles, groupSizes);
        int groups = (tiles + groupTiles - 1) / groupTiles;

        long vector = (long)packing.Block * sizeof(float) * groupTiles * packing.Points;
        long pointBytes = vector * packing.InBlocks;
        long productBytes = vector * 2;
        int items = threads * ItemsPerThread;

        // Each item all channels and its own points, if that gives work enough to each thread and weights are not fetched too often.
        int fitting = (int)Math.Clamp(ItemBytes / (pointBytes + productBytes), 0, groups);
        int own = Math.Min(fitting, Math.Max(1, groups / items));
        bool streams = packing.Bytes > ItemBytes;
        if (own > 0 && groups / own >= items / 2 && (!streams || own > 1))
        {
            // As many for each thread, unless weights are fetched too often then.
            int whole = (groups + own - 1) / own;
            int even = Math.Min((whole + threads - 1) / threads * threads, groups);
            int itemGroups = streams && groups < 2 * even ? whole : even;
            return new WinogradBlocking(tiles, groupTiles, itemGroups, packing.OutTiles, packing.OutTiles, 1, Rounds: 1, SharesPoints: false);
        }

        // Else the points are shared, and an item is some groups of tiles by some output channels: few enough groups for the
        // products of several channels to rest together, so that the points are read less often.
        int together = (int)Math.Clamp(ItemBytes / 4 / productBytes, 1, groups);
        int parts = (groups + together - 1) / together;
        together = (groups + parts - 1) / parts;
        int partsPerRound = (int)Math.Clamp(RoundBytes / (pointBytes * together), 1, parts);
        int rounds = (parts + partsPerRound - 1) / partsPerRound;
        partsPerRound = (parts + rounds - 1) / rounds;
        int channelParts = Math.Clamp((items + partsPerRound - 1) / partsPerRound, 1, packing.OutTiles);
        int perItem = (packing.OutTiles + channelParts - 1) / channelParts;
        int atOnce = (int)Math.Clamp(ItemBytes / (productBytes * together), 1, perItem);
        return new WinogradBlocking(tiles, groupTiles, parts, packing.OutTiles, perItem, atOnce, rounds, SharesPoints: true);
    }

    /// <summary>The first group of a part; that of the part behind the last is where the last ends.</summary>
    internal int FirstGroup(int part) => (int)((long)Groups * part / ItemGroups);

    /// <summary>The first part of a round; that of the round behind the last is where the last ends.</summary>
    internal int FirstPart(int round) => (int)((long)ItemGroups * round / Rounds);

    public override string ToString() =>
        $"tiles {Tiles} by {GroupTiles} groups {ItemGroups}x{GroupsPerItem} channels {ChannelGroups}x{ChannelTilesPerItem} at once {ChannelTilesAtOnce}"
        + (SharesPoints ? " shared points" : "");

    /// <summary>The size with which the products take least time: few tiles in vain, and few looks at the weights.</summary>
    private static int GroupSize(int tiles, ReadOnlySpan<int> sizes)
    {
        int best = sizes[0];
        foreach (int size in sizes)
        {
            if (Cost(tiles, size, sizes) < Cost(tiles, best, sizes))
            {
                best = size;
            }
        }

        return best;
    }

    /// <summary>Tiles that are computed, and one more for each look at the weights.</summary>
    private static int Cost(int tiles, int size, ReadOnlySpan<int> sizes)
    {
        (int full, int rest) = Math.DivRem(tiles, size);
        int last = rest <= 1 ? rest : rest <= sizes[^1] ? sizes[^1] : size;
        return (full * (size + 1)) + (last == 0 ? 0 : last + 1);
    }
}
