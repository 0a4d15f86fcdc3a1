namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// Cuts a matrix product a little finer than it would be, where threads get equal shares that way: 14 tiles in four groups of 4, 4,
/// 4 and 2 would keep one of two threads busy for 8 tiles.
/// </summary>
/// <param name="Products">Matrix products: images times groups.</param>
/// <param name="Tiles">Pixel tiles of a product.</param>
/// <param name="FullTiles">How many full tiles those are worth; the last may be smaller.</param>
/// <param name="ChannelTiles">Pairs of output blocks.</param>
/// <param name="Threads">How many threads share the items.</param>
internal readonly record struct TileBalance(int Products, int Tiles, double FullTiles, int ChannelTiles, int Threads)
{
    // Largest share over the mean that is left alone, and what another way of cutting has to gain.
    private const double Tolerance = 1.02;
    private const int MaxItems = 256;

    /// <summary>Groups of pixels and of channels, at least as many as asked for.</summary>
    internal (int PixelGroups, int ChannelGroups, bool ChannelsFirst) Choose(int pixelGroups, int channelGroups)
    {
        (int, int, bool) best = (pixelGroups, channelGroups, false);
        double bestShare = LargestShare(pixelGroups, channelGroups, channelsFirst: false);
        double mean = Products * FullTiles * ChannelTiles / Threads;
        int maxPixelGroups = Math.Min(Tiles, pixelGroups + Math.Min(pixelGroups, 8));
        int maxChannelGroups = Math.Min(ChannelTiles, (2 * channelGroups) + 1);
        for (int channels = channelGroups; channels <= maxChannelGroups; channels++)
        {
            for (int pixels = pixelGroups; pixels <= maxPixelGroups; pixels++)
            {
                for (int order = 0; order < 2; order++)
                {
                    if (bestShare <= mean * Tolerance || Products * channels * pixels > MaxItems)
                    {
                        return best;
                    }

                    double share = LargestShare(pixels, channels, channelsFirst: order == 1);
                    if (share * Tolerance < bestShare)
                    {
                        best = (pixels, channels, order == 1);
                        bestShare = share;
                    }
                }
            }
        }

        return best;
    }

    /// <summary>The most that a thread gets when the items are cut into equal numbers, in full tiles by pairs of blocks.</summary>
    private double LargestShare(int pixelGroups, int channelGroups, bool channelsFirst)
    {
        var blocking = new TileBlocking(Tiles, pixelGroups, ChannelTiles, channelGroups, channelsFirst, BlocksPerRun: 1);
        int perProduct = pixelGroups * channelGroups;
        int items = Products * perProduct;
        double largest = 0;
        for (int share = 0; share < Threads; share++)
        {
            double sum = 0;
            int end = (int)((long)items * (share + 1) / Threads);
            for (int item = (int)((long)items * share / Threads); item < end; item++)
            {
                (int pixelGroup, int channelGroup) = blocking.Find(item % perProduct);
                double tiles = Math.Min(blocking.FirstTile(pixelGroup + 1), FullTiles) - blocking.FirstTile(pixelGroup);
                sum += tiles * (blocking.FirstChannelTile(channelGroup + 1) - blocking.FirstChannelTile(channelGroup));
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }
}
