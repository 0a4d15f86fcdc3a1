using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Planning;

namespace DeepVision.Tests.Cpu.Planning;

public sealed class BalanceTests
{
    [Theory]
    [InlineData(196, 1024, 256, 2, 7)] // 14 tiles in four groups
    [InlineData(3136, 64, 256, 2, 112)] // 224 tiles
    [InlineData(196, 576, 96, 2, 7)] // 14 tiles, few of them in a group
    [InlineData(784, 128, 512, 2, 28)]
    public void Choose_TilesThatTwoThreadsCanShare_GivesEachHalf(int pixels, int inChannels, int outChannels, int threads, int tilesOfAShare)
    {
        TileBlocking blocking = TileBlocking.Choose(Packing(inChannels, outChannels), pixels, images: 1, tilePixels: 14, threads);

        Assert.False(blocking.ChannelsFirst);
        Assert.Equal(0, blocking.PixelGroups % threads);
        Assert.Equal(tilesOfAShare, blocking.FirstTile(blocking.PixelGroups / threads));
    }

    [Fact]
    public void Choose_OddNumberOfChannelTiles_CutsPixelsToo()
    {
        // 3.5 tiles of pixels by 5 pairs of blocks: three pairs against two would be a fifth more than half.
        TileBlocking blocking = TileBlocking.Choose(Packing(960, 160), pixels: 49, images: 1, tilePixels: 14, threads: 2);

        Assert.InRange(LargestShare(blocking, 49, 14, threads: 2), 0, 3.5 * 5 / 2 * 1.03);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(14, 8, 3)]
    [InlineData(224, 16, 5)]
    [InlineData(7, 5, 64)]
    public void Choose_AnySize_CoversEveryTileOnce(int tiles, int channelTiles, int threads)
    {
        TileBlocking blocking = TileBlocking.Choose(Packing(64, channelTiles * 32), (tiles * 14) - 5, images: 1, tilePixels: 14, threads);

        var seen = new HashSet<(int, int)>();
        for (int item = 0; item < blocking.PixelGroups * blocking.ChannelGroups; item++)
        {
            (int pixelGroup, int channelGroup) = blocking.Find(item);
            Assert.InRange(blocking.FirstTile(pixelGroup + 1) - blocking.FirstTile(pixelGroup), 1, blocking.TilesPerGroup);
            for (int tile = blocking.FirstTile(pixelGroup); tile < blocking.FirstTile(pixelGroup + 1); tile++)
            {
                for (int channel = blocking.FirstChannelTile(channelGroup); channel < blocking.FirstChannelTile(channelGroup + 1); channel++)
                {
                    Assert.True(seen.Add((tile, channel)));
                }
            }
        }

        Assert.Equal(tiles * channelTiles, seen.Count);
    }

    [Theory]
    [InlineData(14, 1, 1, 2)]
    [InlineData(56, 1, 5, 6)]
    [InlineData(7, 1, 1, 1)]
    [InlineData(7, 1, 20, 7)]
    [InlineData(28, 8, 3, 3)]
    public void Count_MapsOfEnoughRows_GetAnEvenNumberOfBands(int height, int batch, int wanted, int expected) =>
        Assert.Equal(expected, Bands.Count(TensorView.Create(0, batch, 16, height, 10, 16), wanted));

    private static GemmPacking Packing(int inChannels, int outChannels) => new(1, inChannels, outChannels, 1, 16, Planar: false);

    private static double LargestShare(TileBlocking blocking, int pixels, int tilePixels, int threads)
    {
        var shares = new double[threads];
        int items = blocking.PixelGroups * blocking.ChannelGroups;
        for (int item = 0; item < items; item++)
        {
            (int pixelGroup, int channelGroup) = blocking.Find(item);
            int end = Math.Min(blocking.FirstTile(pixelGroup + 1) * tilePixels, pixels);
            double tiles = (end - (blocking.FirstTile(pixelGroup) * tilePixels)) / (double)tilePixels;
            shares[item * threads / items] += tiles * (blocking.FirstChannelTile(channelGroup + 1) - blocking.FirstChannelTile(channelGroup));
        }

        return shares.Max();
    }
}
