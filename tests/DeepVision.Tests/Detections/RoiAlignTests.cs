using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Tests.Detections;

public sealed class RoiAlignTests
{
    private static readonly SpatialSize[] Pyramid = [new(200, 336), new(100, 168), new(50, 84), new(25, 42)];

    [Theory]
    [InlineData(20, 33, 0.25f, 10f, 8f, 90f, 60f)] // inside
    [InlineData(20, 33, 0.25f, 0f, 0f, 132f, 80f)] // all of the map
    [InlineData(20, 33, 0.5f, 60f, 30f, 80f, 50f)] // over the right and lower edges
    [InlineData(20, 33, 1f, -9f, -7f, 3f, 40f)] // over all edges, more than a pixel
    [InlineData(20, 33, 0.25f, 16f, 16f, 16.5f, 16.25f)] // less than a pixel
    [InlineData(1, 1, 0.03125f, 0f, 0f, 31f, 31f)] // a map of one pixel
    [InlineData(1, 600, 1f, 3.3f, 0f, 577.7f, 1f)] // wider than what lies on the stack
    [InlineData(37, 2, 0.5f, 0.5f, 3.1f, 3.9f, 70f)]
    public void Pool_AnyRegion_IsTheMeanOfInterpolatedPoints(int height, int width, float scale, float x1, float y1, float x2, float y2)
    {
        const int Channels = 3;
        var size = new SpatialSize(height, width);
        var random = new Random(7);
        float[] map = [.. Enumerable.Range(0, Channels * height * width).Select(_ => (random.NextSingle() * 2) - 1)];
        var box = new Box(x1, y1, x2, y2);
        foreach ((int bins, int ratio) in new[] { (7, 2), (1, 1), (3, 3), (14, 2), (5, 1), (2, 64) })
        {
            var options = new RoiAlignOptions { OutputSize = bins, SamplingRatio = ratio };
            float[] found = new float[Channels * bins * bins];

            RoiAlign.Pool(map, size, scale, box, options, found);

            for (int i = 0; i < found.Length; i++)
            {
                (int channel, int bin) = Math.DivRem(i, bins * bins);
                double expected = Mean(map.AsSpan(channel * height * width, height * width), size, scale, box, options, bin / bins, bin % bins);
                Assert.True(Math.Abs(expected - found[i]) < 1e-4, $"{bins} bins, {ratio} points, element {i}: expected {expected}, found {found[i]}.");
            }
        }
    }

    [Fact]
    public void Pool_ConstantMap_IsConstant()
    {
        float[] map = new float[9 * 11];
        Array.Fill(map, 0.75f);
        float[] found = new float[49];

        RoiAlign.Pool(map, new SpatialSize(9, 11), 0.25f, new Box(3, 5, 40, 33), new RoiAlignOptions(), found);

        Assert.All(found, value => Assert.Equal(0.75f, value, 1e-6f));
    }

    [Theory]
    [InlineData(224, 224, 2)]
    [InlineData(223.9f, 224, 1)]
    [InlineData(112, 448, 2)]
    [InlineData(448, 448, 3)]
    [InlineData(1333, 800, 3)]
    [InlineData(112, 112, 1)]
    [InlineData(111, 112, 0)]
    [InlineData(0.01f, 0.02f, 0)]
    public void MapOf_Box_GoesByItsArea(float width, float height, int expected)
    {
        var pyramid = new RoiPyramid(Pyramid, new SpatialSize(800, 1333), new RoiAlignOptions());

        Assert.Equal([0.25f, 0.125f, 0.0625f, 0.03125f], pyramid.Scales);
        Assert.Equal(expected, pyramid.MapOf(new Box(5, 7, 5 + width, 7 + height)));
    }

    [Fact]
    public void Scales_PaddedImage_AreTheNearestPowersOfTwo()
    {
        // 100 rows of an image padded to 128.
        var pyramid = new RoiPyramid([new(32, 8), new(16, 4), new(8, 2), new(4, 1)], new SpatialSize(100, 32), new RoiAlignOptions());

        Assert.Equal([0.25f, 0.125f, 0.0625f, 0.03125f], pyramid.Scales);
    }

    [Fact]
    public void MapOf_MapsOfOneStride_IsTheFirst()
    {
        var pyramid = new RoiPyramid([new(25, 42), new(25, 42)], new SpatialSize(800, 1333), new RoiAlignOptions());

        Assert.Equal(0, pyramid.MapOf(new Box(0, 0, 10, 10)));
        Assert.Equal(0, pyramid.MapOf(new Box(0, 0, 1000, 800)));
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RoiAlignOptions { OutputSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RoiAlignOptions { SamplingRatio = 65 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RoiAlignOptions { CanonicalSize = 0 });
    }

    // In double precision, point by point and neighbor by neighbor.
    private static double Mean(ReadOnlySpan<float> plane, SpatialSize size, double scale, Box box, RoiAlignOptions options, int row, int column)
    {
        (double top, double left) = (box.Y1 * scale, box.X1 * scale);
        double binHeight = Math.Max((box.Y2 * scale) - top, 1) / options.OutputSize;
        double binWidth = Math.Max((box.X2 * scale) - left, 1) / options.OutputSize;
        double sum = 0;
        for (int i = 0; i < options.SamplingRatio; i++)
        {
            for (int j = 0; j < options.SamplingRatio; j++)
            {
                double y = top + ((row + ((i + 0.5) / options.SamplingRatio)) * binHeight);
                double x = left + ((column + ((j + 0.5) / options.SamplingRatio)) * binWidth);
                sum += y < -1 || y > size.Height || x < -1 || x > size.Width ? 0 : At(plane, size, y, x);
            }
        }

        return sum / (options.SamplingRatio * options.SamplingRatio);
    }

    private static double At(ReadOnlySpan<float> plane, SpatialSize size, double y, double x)
    {
        y = Math.Clamp(y, 0, size.Height - 1);
        x = Math.Clamp(x, 0, size.Width - 1);
        (int top, int left) = ((int)y, (int)x);
        int bottom = Math.Min(top + 1, size.Height - 1);
        int right = Math.Min(left + 1, size.Width - 1);
        (double fy, double fx) = (y - top, x - left);
        return ((1 - fy) * (((1 - fx) * plane[(top * size.Width) + left]) + (fx * plane[(top * size.Width) + right])))
            + (fy * (((1 - fx) * plane[(bottom * size.Width) + left]) + (fx * plane[(bottom * size.Width) + right])));
    }
}
