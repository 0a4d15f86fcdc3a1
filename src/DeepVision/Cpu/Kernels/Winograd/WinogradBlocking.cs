using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>How a Winograd layer is cut. Nothing here affects rounding: every product is one chain over the input channels.</summary>
/// <param name="TileRows">Tiles of an image from top to bottom.</param>
/// <param name="TileColumns">Tiles of an image from left to right.</param>
/// <param name="Tiles">Tiles of all images.</param>
/// <param name="GroupTiles">Tiles that one product takes at once.</param>
/// <param name="ItemGroups">Parts of the groups, as even as can be, for an item each, which fetches weights once for all of its groups.</param>
/// <param name="ChannelTiles">Pairs of output blocks.</param>
/// <param name="ChannelTilesPerItem">Pairs of output blocks that one item works on.</param>
/// <param name="ChannelTilesAtOnce">Pairs of output blocks whose products rest in scratch memory together.</param>
/// <param name="SharesPoints">
/// Whether the input's points are found by a step of its own and shared by all items, instead of by each item for itself.
/// </param>
internal readonly record struct WinogradBlocking(
    int TileRows,
    int TileColumns,
    int Tiles,
    int GroupTiles,
    int ItemGroups,
    int ChannelTiles,
    int ChannelTilesPerItem,
    int ChannelTilesAtOnce,
    bool SharesPoints)
{
    // What an item holds in the second-level cache: points of the input, products, a part of the weights.
    private const long ItemBytes = 1024 * 1024;
    private const int ItemsPerThread = 4;

    internal int Groups => (Tiles + GroupTiles - 1) / GroupTiles;

    /// <summary>Groups of the largest part.</summary>
    internal int GroupsPerItem => (Groups + ItemGroups - 1) / ItemGroups;

    internal int ChannelGroups => (ChannelTiles + ChannelTilesPerItem - 1) / ChannelTilesPerItem;

    internal static WinogradBlocking Choose(WinogradPacking packing, in TensorView output, ReadOnlySpan<int> groupSizes, int threads)
    {
        int rows = (output.Height + packing.Tile - 1) / packing.Tile;
        int columns = (output.Width + packing.Tile - 1) / packing.Tile;
        int tiles = checked(output.Batch * rows * columns);
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
            return new WinogradBlocking(rows, columns, tiles, groupTiles, itemGroups, packing.OutTiles, packing.OutTiles, 1, SharesPoints: false);
        }

        // Else the points are shared, and an item is some groups of tiles by some output channels.
        int together = (int)Math.Clamp(ItemBytes / 2 / productBytes, 1, groups);
        int parts = (groups + together - 1) / together;
        together = (groups + parts - 1) / parts;
        int channelParts = Math.Clamp((items + parts - 1) / parts, 1, packing.OutTiles);
        int perItem = (packing.OutTiles + channelParts - 1) / channelParts;
        int atOnce = (int)Math.Clamp(ItemBytes / 2 / (productBytes * together), 1, perItem);
        return new WinogradBlocking(rows, columns, tiles, groupTiles, parts, packing.OutTiles, perItem, atOnce, SharesPoints: true);
    }

    /// <summary>The first group of a part; that of the part behind the last is where the last ends.</summary>
    internal int FirstGroup(int part) => (int)((long)Groups * part / ItemGroups);

    public override string ToString() =>
        $"tiles {Tiles} by {GroupTiles} groups {ItemGroups}x{GroupsPerItem} channels {ChannelGroups}x{ChannelTilesPerItem}"
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
