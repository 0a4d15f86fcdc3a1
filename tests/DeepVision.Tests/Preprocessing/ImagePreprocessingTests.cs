using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Zoo;

namespace DeepVision.Tests.Preprocessing;

public sealed class ImagePreprocessingTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    [InlineData(-1f)]
    public void Std_NotPositiveOrNotFinite_Throws(float value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreprocessing { Std = new ChannelValues(1, value, 1) });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Mean_NotFinite_Throws(float value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreprocessing { Mean = new ChannelValues(0, 0, value) });

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreprocessing { SizeDivisor = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreprocessing { MaxPixels = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreprocessing { CenterCrop = new ImageSize(0, 5) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreprocessing { Interpolation = (Interpolation)99 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreprocessing { Channels = (ChannelOrder)(-1) });
        Assert.Throws<ArgumentNullException>(() => new ImagePreprocessing { Resize = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => ResizeRule.ShortestSide(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResizeRule.Exact(new ImageSize(1, -1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResizeRule.SideBounds(800, 799));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResizeRule.Letterbox(new ImageSize(70_000, 4), default, LetterboxAnchor.Center));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResizeRule.Letterbox(new ImageSize(4, 4), default, (LetterboxAnchor)7));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(100_000, 5)]
    public void Plan_ImpossibleImageSize_Throws(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImagePreprocessing.ImageNet.Plan(width, height));

    [Fact]
    public void Plan_TensorAboveMaxPixels_ThrowsWithSizes()
    {
        ImagePreprocessing preprocessing = new() { MaxPixels = 99 };

        Assert.Equal(new ImageSize(9, 11), preprocessing.Plan(9, 11).Tensor);
        var error = Assert.Throws<InvalidOperationException>(() => preprocessing.Plan(10, 10));
        Assert.Contains("10 x 10", error.Message);
        Assert.Contains("99", error.Message);
    }

    [Fact]
    public void Plan_ResizedSideAboveLimitWithoutCrop_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new ImagePreprocessing { Resize = ResizeRule.ShortestSide(256) }.Plan(1, 65_535));

    [Fact]
    public void Plan_LetterboxWithCrop_Throws() =>
        Assert.Throws<InvalidOperationException>(
            () => (ImagePreprocessing.Letterbox(ImageSize.Square(64)) with { CenterCrop = ImageSize.Square(32) }).Plan(10, 10));

    [Fact]
    public void Plan_IntermediateAboveLimit_Throws() =>
        Assert.Throws<InvalidOperationException>(() => ImagePreprocessing.ResizeTo(new ImageSize(60_000, 1)).Plan(1, 65_535));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 65_535)]
    [InlineData(65_535, 1)]
    public void Prepare_ExtremeImages_GiveFiniteTensors(int width, int height)
    {
        RgbImage image = GoldenFile.Image(width, height);
        ImagePreprocessing[] all =
        [
            ImagePreprocessing.ImageNet,
            ImagePreprocessing.TorchvisionDetection(96, 160),
            ImagePreprocessing.Letterbox(ImageSize.Square(64)),
            ImagePreprocessing.Letterbox(ImageSize.Square(64), anchor: LetterboxAnchor.Center),
            ImagePreprocessing.ResizeTo(new ImageSize(31, 17)) with { Interpolation = Interpolation.BicubicAntialias },
            ImagePreprocessing.ResizeTo(new ImageSize(31, 17)) with { Interpolation = Interpolation.Nearest },
        ];
        foreach (ImagePreprocessing preprocessing in all)
        {
            PreparedImage prepared = preprocessing.Prepare(image);
            foreach (float value in prepared.Tensor.Values)
            {
                Assert.True(float.IsFinite(value));
            }
        }
    }

    [Fact]
    public void Letterbox_TopLeft_TruncatesSidesAndFillsTheRest()
    {
        // YOLOX: ratio = min(416/480, 416/640) = 0.65; 640 * 0.65 = 416, 480 * 0.65 = 312.
        ImagePreprocessing preprocessing = ImagePreprocessing.Letterbox(ImageSize.Square(416)) with
        {
            Scale = PixelScale.Bytes, Channels = ChannelOrder.Bgr,
        };
        var image = new RgbImage(640, 480);
        image.Pixels.Fill(200);

        PreparedImage prepared = preprocessing.Prepare(image);

        Assert.Equal(new ImageSize(416, 312), prepared.Geometry.Content);
        Assert.Equal(200f, prepared.Tensor.Values[(311 * 416) + 415]);
        Assert.Equal(114f, prepared.Tensor.Values[312 * 416]);
        Assert.Equal(new Box(0, 0, 640, 480), prepared.Geometry.ToSource(new Box(-3, -2, 416, 416)));
    }

    [Fact]
    public void Letterbox_Center_RoundsSidesAndSplitsTheBars()
    {
        // Ratio 64/100; 33 * 0.64 = 21.12 -> 21; (64 - 21) / 2 = 21.5 -> 21 above, 22 below.
        ImagePreprocessing preprocessing = ImagePreprocessing.Letterbox(
            ImageSize.Square(64), new FillColor(10, 20, 30), LetterboxAnchor.Center) with
        { Scale = PixelScale.Bytes };

        PreparedImage prepared = preprocessing.Prepare(new RgbImage(100, 33));

        Assert.Equal(new ImageSize(64, 21), prepared.Geometry.Content);
        Assert.Equal((0, 21), (prepared.Geometry.OffsetX, prepared.Geometry.OffsetY));
        float[] column = [.. Enumerable.Range(0, 64).Select(y => prepared.Tensor.Values[(64 * 64) + (y * 64)])];
        Assert.Equal([.. Enumerable.Repeat(20f, 21), .. Enumerable.Repeat(0f, 21), .. Enumerable.Repeat(20f, 22)], column);
        Box box = prepared.Geometry.ToSource(new Box(32, 21, 64, 42));
        Assert.Equal(50f, box.X1, 4);
        Assert.Equal(0f, box.Y1, 4);
        Assert.Equal(100f, box.X2, 4);
        Assert.Equal(21 / 0.64f, box.Y2, 4);
        Landmark point = prepared.Geometry.ToSource(new Landmark(32, 20));
        Assert.Equal(50f, point.X, 4);
        Assert.Equal(-1 / 0.64f, point.Y, 4);
    }

    [Fact]
    public void ToSource_CenterCrop_UndoesCropAndScale()
    {
        // 512 x 512 -> 256 x 256 -> columns and rows 16..239.
        PreparedGeometry plan = ImagePreprocessing.ImageNet.Plan(512, 512);

        Assert.Equal(new Box(32, 34, 480, 512), plan.ToSource(new Box(0, 1, 224, 1000)));
    }

    [Fact]
    public void ToSource_LengthNotMultipleOfFour_Throws() =>
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.ImageNet.Plan(5, 5).ToSource(new float[6]));

    [Fact]
    public void PlanBatch_LikeTorchvision_PadsToTheLargestRoundedSides()
    {
        ImagePreprocessing preprocessing = ImagePreprocessing.TorchvisionDetection(96, 160);
        ImageSize[] sizes = [new(64, 48), new(48, 64), new(100, 20)];

        // Resized to 128 x 96, 96 x 128 and 159 x 31.
        IReadOnlyList<PreparedGeometry> alone = preprocessing.PlanBatch(sizes);
        IReadOnlyList<PreparedGeometry> together = preprocessing.PlanBatch(sizes, BatchPadding.LikeTorchvision);

        Assert.Equal([new(128, 96), new(96, 128), new(160, 32)], alone.Select(p => p.Tensor));
        Assert.All(together, p => Assert.Equal(new ImageSize(160, 128), p.Tensor));
        Assert.Equal(alone.Select(p => p.Resized), together.Select(p => p.Resized));
    }

    [Fact]
    public void PlanBatch_WithoutImages_Throws()
    {
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.ImageNet.PlanBatch([]));
        Assert.Throws<ArgumentNullException>(() => ImagePreprocessing.ImageNet.PlanBatch(null!));
    }

    [Fact]
    public void Apply_LargerTensorOfABatch_KeepsPixelsAndZeroesTheRest()
    {
        ImagePreprocessing preprocessing = ImagePreprocessing.TorchvisionDetection(33, 64);
        RgbImage image = GoldenFile.Image(50, 40);
        PreparedImage alone = preprocessing.Prepare(image);
        PreparedGeometry plan = preprocessing.PlanBatch([new(50, 40), new(40, 90)], BatchPadding.LikeTorchvision)[0];
        var padded = new float[plan.ElementCount];
        Array.Fill(padded, float.NaN);

        preprocessing.Apply(image, plan, padded);

        for (int i = 0; i < padded.Length; i++)
        {
            int x = i % plan.Tensor.Width;
            int y = i / plan.Tensor.Width % plan.Tensor.Height;
            int c = i / plan.Tensor.Width / plan.Tensor.Height;
            bool inside = x < plan.Content.Width && y < plan.Content.Height;
            ImageSize own = alone.Geometry.Tensor;
            Assert.Equal(inside ? alone.Tensor.Values[(((c * own.Height) + y) * own.Width) + x] : 0f, padded[i]);
        }
    }

    [Fact]
    public void Apply_WrongArguments_Throw()
    {
        ImagePreprocessing preprocessing = ImagePreprocessing.ResizeTo(new ImageSize(4, 4));
        PreparedGeometry plan = preprocessing.Plan(8, 8);
        var image = new RgbImage(8, 8);

        Assert.Throws<ArgumentNullException>(() => preprocessing.Apply(null!, plan, new float[48]));
        Assert.Throws<ArgumentNullException>(() => preprocessing.Apply(image, null!, new float[48]));
        Assert.Throws<ArgumentException>(() => preprocessing.Apply(image, plan, new float[47]));
        Assert.Throws<ArgumentException>(() => preprocessing.Apply(new RgbImage(8, 9), plan, new float[48]));
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.ImageNet.Apply(image, plan, new float[48]));
        Assert.Throws<ArgumentNullException>(() => preprocessing.Prepare(null!));
    }

    [Fact]
    public void Apply_FromManyThreads_GivesTheSameBits()
    {
        ImagePreprocessing preprocessing = ImagePreprocessing.ImageNet;
        RgbImage image = GoldenFile.Image(333, 222);
        string expected = GoldenFile.Sha(preprocessing.Prepare(image).Tensor.Values);

        Parallel.For(0, 16, _ => Assert.Equal(expected, GoldenFile.Sha(preprocessing.Prepare(image).Tensor.Values)));
    }
}
