using DeepVision.Backbones;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Prediction;

public sealed class SegmentationTests
{
    private static readonly ImagePreprocessing AsIs = new();

    [Fact]
    public void Segment_ImagesOfDifferentSizes_KeepTheirOrderAndSizes()
    {
        using CompiledModel compiled = Segmenter(AsIs);
        RgbImage[] images = [Halves(6, 4, left: 0, right: 1), Halves(5, 3, left: 2, right: 0), Halves(6, 4, left: 1, right: 2)];

        IReadOnlyList<Segmentation> found = compiled.Segment(images);

        Assert.Equal([new ImageSize(6, 4), new ImageSize(5, 3), new ImageSize(6, 4)], found.Select(each => each.ImageSize));
        Assert.Equal([0, 0, 0, 1, 1, 1], found[0].Classes[..6].ToArray().Select(index => (int)index));
        Assert.Equal((2, 0), (found[1].ClassAt(1, 2), found[1].ClassAt(2, 2)));
        Assert.Equal([0, 12, 12], found[2].CountPixels());
        Assert.Equal(["preprocess", "network", "decode"], found[0].Timings.Select(timing => timing.Stage));
        Assert.Equal("6 x 4: green 50.0 %, blue 50.0 %", found[2].ToString());
    }

    [Theory]
    [InlineData(13, 9, 7, 5)]
    [InlineData(7, 5, 13, 9)]
    [InlineData(8, 8, 8, 3)]
    [InlineData(1, 1, 4, 4)]
    [InlineData(40, 30, 1, 1)]
    public void Segment_ResizedImage_ReadsTheLogitsBetweenThePixels(int width, int height, int resizedWidth, int resizedHeight)
    {
        var preprocessing = new ImagePreprocessing { Resize = ResizeRule.Exact(new ImageSize(resizedWidth, resizedHeight)) };
        var engine = new PlanesEngine();
        using CompiledModel compiled = Segmenter(preprocessing, engine);
        RgbImage image = Noise(width, height);

        Segmentation found = compiled.Segment(image, new PredictionOptions { KeepScores = true });

        float[][] scores = [.. Enumerable.Range(0, 3).Select(found.Scores)];
        for (int i = 0; i < width * height; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            double[] logits = [.. Enumerable.Range(0, 3).Select(k => At(engine.Last!, k, (x + 0.5) * resizedWidth / width, (y + 0.5) * resizedHeight / height))];
            double sum = logits.Sum(Math.Exp);
            for (int k = 0; k < 3; k++)
            {
                Assert.Equal(Math.Exp(logits[k]) / sum, scores[k][i], 1e-5);
            }

            // A double may decide otherwise between logits that are equal but for rounding.
            Assert.True(logits.Max() - logits[found.ClassAt(x, y)] < 1e-5, $"({x}, {y}) has class {found.ClassAt(x, y)} of [{string.Join(", ", logits)}].");
        }
    }

    [Fact]
    public void Segment_PaddedAndCroppedImage_ReadsItsOwnPixelsOnly()
    {
        var preprocessing = new ImagePreprocessing { CenterCrop = new ImageSize(4, 2), SizeDivisor = 8 };
        using CompiledModel compiled = Segmenter(preprocessing);

        // The crop keeps columns 1 to 4 of 6 and rows 1 and 2 of 4; those cut off have the class of their neighbors.
        Segmentation found = compiled.Segment(Halves(6, 4, left: 1, right: 2));

        Assert.Equal(Enumerable.Repeat<ushort[]>([1, 1, 1, 2, 2, 2], 4).SelectMany(row => row), found.Classes.ToArray());
    }

    [Fact]
    public void Segment_NaNLogits_AreNeverTheLargest()
    {
        var engine = new PlanesEngine { Change = value => value == 0 ? float.NaN : value };
        using CompiledModel compiled = Segmenter(AsIs, engine);

        Assert.Equal([0, 0, 0, 2, 2, 2], compiled.Segment(Halves(6, 1, left: 0, right: 2)).Classes.ToArray().Select(index => (int)index));
    }

    [Fact]
    public void Scores_NotKept_SaysHowToKeepThem()
    {
        using CompiledModel compiled = Segmenter(AsIs);

        Segmentation found = compiled.Segment(Halves(4, 4, 0, 1));

        Assert.Contains("KeepScores", Assert.Throws<InvalidOperationException>(() => found.Scores(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => found.Scores(3));
    }

    [Fact]
    public void Segment_OnADetector_SaysWhatTheModelDoes()
    {
        using CompiledModel segmenter = Segmenter(AsIs);

        string message = Assert.Throws<InvalidOperationException>(() => segmenter.Detect(new RgbImage(4, 4))).Message;

        Assert.Contains("its task is segmentation into 3 classes", message, StringComparison.Ordinal);
        using VisionModel classifier = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseClassifier(3).Build();
        using var compiled = new CompiledModel(classifier, new PlanesEngine());
        Assert.Throws<InvalidOperationException>(() => compiled.Segment(new RgbImage(4, 4)));
    }

    [Fact]
    public void Segment_AsksForWhatItDecodesAndKeepsToTheEnginesThreads()
    {
        var engine = new PlanesEngine { HostThreads = 1 };
        using CompiledModel compiled = Segmenter(AsIs, engine);

        Segmentation found = compiled.Segment(Halves(6, 4, left: 0, right: 1), new PredictionOptions { KeepScores = true });

        Assert.Equal([SegmentationTask.LogitsOutput], engine.Wanted!);
        Assert.Equal(1, found.Threads);
        Assert.Equal(24, found.Scores(1).Length);
        compiled.Run(Halves(6, 4, left: 0, right: 1));
        Assert.Null(engine.Wanted);
    }

    [Fact]
    public void Constructor_ClassesThatDoNotFit_Throw()
    {
        Assert.Throws<ArgumentException>(() => new Segmentation(new ImageSize(2, 2), new ushort[3], ["a"]));
        Assert.Contains("Class 1 has no name", Assert.Throws<ArgumentException>(
            () => new Segmentation(new ImageSize(2, 1), new ushort[] { 0, 1 }, ["a"])).Message, StringComparison.Ordinal);
        Segmentation fitting = new(new ImageSize(2, 1), new ushort[] { 0, 1 }, ["a", "b"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => fitting.ClassAt(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => fitting.ClassAt(0, -1));
    }

    private static CompiledModel Segmenter(ImagePreprocessing preprocessing, PlanesEngine? engine = null)
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet50 with { OutputStride = 8 }).UseFcn(["red", "green", "blue"]).WithPreprocessing(preprocessing).Build();
        return new CompiledModel(model, engine ?? new PlanesEngine());
    }

    private static RgbImage Halves(int width, int height, int left, int right)
    {
        var image = new RgbImage(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                image.Row(y)[(3 * x) + (x < width / 2 ? left : right)] = 200;
            }
        }

        return image;
    }

    private static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(5).NextBytes(image.Pixels);
        return image;
    }

    // Bilinear between pixel centers, in double precision.
    private static double At(HostTensor tensor, int channel, double x, double y)
    {
        (int height, int width) = (tensor.Shape.Height, tensor.Shape.Width);
        x = Math.Clamp(x - 0.5, 0, width - 1);
        y = Math.Clamp(y - 0.5, 0, height - 1);
        (int left, int top) = ((int)x, (int)y);
        (int right, int bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
        double upper = ((1 - (x - left)) * Value(top, left)) + ((x - left) * Value(top, right));
        double lower = ((1 - (x - left)) * Value(bottom, left)) + ((x - left) * Value(bottom, right));
        return ((1 - (y - top)) * upper) + ((y - top) * lower);

        double Value(int row, int column) => tensor.Values[(((channel * height) + row) * width) + column];
    }

    /// <summary>An engine whose logits are the image's planes.</summary>
    private sealed class PlanesEngine : IModelEngine
    {
        public Func<float, float> Change { get; init; } = value => value;

        public HostTensor? Last { get; private set; }

        public IReadOnlyList<string>? Wanted { get; private set; }

        public int HostThreads { get; init; } = Environment.ProcessorCount;

        public string Description => "planes";

        public string Describe(string stage, TensorShape input) => stage;

        public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input)
        {
            Wanted = null;
            Last = new HostTensor(input.Shape, [.. input.Values.ToArray().Select(Change)]);
            return new Dictionary<string, HostTensor> { [SegmentationTask.LogitsOutput] = Last };
        }

        public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input, IReadOnlyList<string> wanted)
        {
            IReadOnlyDictionary<string, HostTensor> outputs = Run(stage, input);
            Wanted = wanted;
            return outputs;
        }

        public void Dispose()
        {
        }
    }
}
