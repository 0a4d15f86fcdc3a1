using DeepVision.Preprocessing;
using DeepVision.Preprocessing.Resampling;
using DeepVision.Tensors;
using DeepVision.Zoo;

namespace DeepVision.Tests.Preprocessing;

public sealed class ReducedDecodingTests
{
    [Theory]
    [InlineData(4000, 3000, 2)]
    [InlineData(3000, 4000, 2)]
    [InlineData(2047, 2048, 1)]
    [InlineData(2048, 2048, 2)]
    [InlineData(5119, 9000, 2)]
    [InlineData(5120, 9000, 4)]
    [InlineData(12288, 12288, 8)]
    [InlineData(500, 375, 1)]
    public void FactorFor_ImageNet_GoesByPixelsPerResizedPixel(int width, int height, int expected) =>
        Assert.Equal(expected, ReducedDecoding.FactorFor(ImagePreprocessing.ImageNet, new ImageSize(width, height)));

    [Fact]
    public void FactorFor_AxesOfDifferentRatio_GoesByTheSmaller() =>
        Assert.Equal(1, ReducedDecoding.FactorFor(ImagePreprocessing.ResizeTo(new ImageSize(100, 100)), new ImageSize(4000, 700)));

    [Theory]
    [InlineData(Interpolation.BicubicAntialias)]
    [InlineData(Interpolation.LanczosAntialias)]
    [InlineData(Interpolation.Nearest)]
    [InlineData(Interpolation.BilinearFloat)]
    [InlineData(Interpolation.BilinearFixedPoint)]
    public void FactorFor_AnotherInterpolation_IsOne(Interpolation interpolation) => Assert.Equal(
        1, ReducedDecoding.FactorFor(ImagePreprocessing.ImageNet with { Interpolation = interpolation }, new ImageSize(12000, 12000)));

    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 3)]
    [InlineData(8, 5)]
    public void CarryOver_Slope_GivesTheSameSum(int factor, int before)
    {
        const int Length = 203;
        var axis = new StoredAxis(factor, before, PixelReduction.StoredLength(Length + before, factor));
        double[] weights = [.. Enumerable.Range(0, 61).Select(k => 30.5 - Math.Abs(30 - k))];
        var carried = new double[axis.MostFor(weights.Length)];

        (int start, int count) = axis.CarryOver(70, weights, carried);

        // The mean of a slope over positions first ... first + factor - 1.
        double Mean(int stored) => (stored * factor) - before + ((factor - 1) / 2.0);
        double expected = weights.Select((weight, k) => weight * (70 + k)).Sum();
        double found = Enumerable.Range(0, count).Sum(j => carried[j] * Mean(start + j));
        Assert.Equal(expected, found, 1e-9 * expected);
        Assert.Equal(weights.Sum(), carried.AsSpan(0, count).ToArray().Sum(), 1e-9);
    }

    [Fact]
    public void CarryOver_AtBothEnds_KeepsTheSumOfWeights()
    {
        var axis = new StoredAxis(4, 3, PixelReduction.StoredLength(29 + 3, 4));
        var carried = new double[axis.MostFor(29)];
        double[] weights = [.. Enumerable.Repeat(1.0, 29)];

        (int start, int count) = axis.CarryOver(0, weights, carried);

        Assert.Equal((0, axis.Length), (start, count));
        Assert.Equal(29, carried.AsSpan(0, count).ToArray().Sum(), 1e-9);
    }

    [Fact]
    public void Prepare_ReducedImage_HasTheWholePicturesGeometry()
    {
        var image = new RgbImage(new PixelReduction(2, new ImageSize(2049, 2501)), new byte[3 * 1025 * 1251]);
        image.Pixels.Fill(93);

        PreparedImage prepared = (ImagePreprocessing.ImageNet with { Scale = PixelScale.Bytes, Mean = default, Std = ChannelValues.All(1) }).Prepare(image);

        Assert.Equal(new ImageSize(2049, 2501), image.FullSize);
        Assert.Equal(new ImageSize(2049, 2501), prepared.Geometry.Source);
        Assert.All(prepared.Tensor.Values.ToArray(), value => Assert.Equal(93f, value));
    }

    [Fact]
    public void Prepare_ImageReducedForAnother_SaysSo()
    {
        var image = new RgbImage(new PixelReduction(2, new ImageSize(600, 500)), new byte[3 * 300 * 250]);

        var error = Assert.Throws<ArgumentException>(() => ImagePreprocessing.ImageNet.Prepare(image));

        Assert.Contains("1/2 of 600 x 500", error.Message);
    }

    [Fact]
    public void Clone_ReducedImage_IsReducedToo() =>
        Assert.Equal(new ImageSize(7, 5), new RgbImage(new PixelReduction(2, new ImageSize(7, 5)), new byte[3 * 4 * 3]).Clone().FullSize);
}
