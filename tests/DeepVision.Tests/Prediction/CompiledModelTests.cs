using DeepVision.Backbones;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Tests.Prediction;

public sealed class CompiledModelTests
{
    private static readonly ImagePreprocessing AsIs = new() { SizeDivisor = 4 };

    [Fact]
    public void Classify_ImagesOfDifferentSizes_KeepTheirOrderAndRunByShape()
    {
        var engine = new FakeEngine();
        using CompiledModel compiled = Classifier(engine);
        RgbImage[] images = [Filled(8, 8, plane: 0), Filled(12, 8, plane: 1), Filled(7, 6, plane: 2), Filled(12, 8, plane: 0)];

        IReadOnlyList<Predictions<Classification>> found = compiled.Classify(images);

        Assert.Equal(["red", "green", "blue", "red"], found.Select(answers => answers[0].Label));
        Assert.Equal([new TensorShape(2, 3, 8, 8), new TensorShape(2, 3, 8, 12)], engine.Shapes);
        Assert.Equal(new ImageSize(7, 6), found[2].ImageSize);
    }

    [Fact]
    public void Classify_LikeTorchvision_PadsAllToOneShape()
    {
        var engine = new FakeEngine();
        using CompiledModel compiled = Classifier(engine);

        compiled.Classify([Filled(8, 12, 0), Filled(12, 8, 1)], new PredictionOptions { Padding = BatchPadding.LikeTorchvision });

        Assert.Equal([new TensorShape(2, 3, 12, 12)], engine.Shapes);
    }

    [Fact]
    public void Classify_MoreImagesThanMaxBatch_RunsInParts()
    {
        var engine = new FakeEngine();
        using CompiledModel compiled = Classifier(engine);

        compiled.Classify([.. Enumerable.Range(0, 5).Select(_ => Filled(8, 8, 0))], new PredictionOptions { MaxBatch = 2 });

        Assert.Equal([2, 2, 1], engine.Shapes.Select(shape => shape.Batch));
    }

    [Fact]
    public void Classify_CanceledMeanwhile_StopsBeforeTheNextImage()
    {
        using var source = new CancellationTokenSource();
        var engine = new FakeEngine { BeforeRun = _ => source.Cancel() };
        using CompiledModel compiled = Classifier(engine);
        RgbImage[] images = [.. Enumerable.Range(0, 5).Select(_ => Filled(8, 8, 0))];

        Assert.Throws<OperationCanceledException>(() => compiled.Classify(images, new PredictionOptions { MaxBatch = 1 }, source.Token));
        Assert.Single(engine.Shapes);
    }

    [Fact]
    public void Classify_NoImages_GivesNothing()
    {
        using CompiledModel compiled = Classifier(new FakeEngine());

        Assert.Empty(compiled.Classify([]));
    }

    [Fact]
    public void Classify_NullAmongImages_Throws()
    {
        using CompiledModel compiled = Classifier(new FakeEngine());

        Assert.Throws<ArgumentNullException>(() => compiled.Classify([Filled(8, 8, 0), null!]));
        Assert.Throws<ArgumentNullException>(() => compiled.Classify((RgbImage)null!));
    }

    [Fact]
    public void Detect_OnAClassifier_SaysWhatTheModelDoes()
    {
        using CompiledModel compiled = Classifier(new FakeEngine());

        var exception = Assert.Throws<InvalidOperationException>(() => compiled.Detect(Filled(8, 8, 0)));

        Assert.Contains("classification into 3 classes", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 8, 0f)]
    [InlineData(5, 0, 0f)]
    [InlineData(5, 8, float.NaN)]
    [InlineData(5, 8, 1.5f)]
    public void Classify_OptionsOutOfRange_Throws(int top, int maxBatch, float minScore)
    {
        using CompiledModel compiled = Classifier(new FakeEngine());
        var options = new PredictionOptions { Top = top, MaxBatch = maxBatch, MinScore = minScore };

        Assert.Throws<ArgumentOutOfRangeException>(() => compiled.Classify(Filled(8, 8, 0), options));
    }

    [Fact]
    public void Classify_TensorBeyondTheLimit_ThrowsBeforeItIsMade()
    {
        var engine = new FakeEngine();
        using CompiledModel compiled = Classifier(engine, AsIs with { MaxPixels = 100 });

        Assert.Throws<InvalidOperationException>(() => compiled.Classify(Filled(20, 20, 0)));
        Assert.Empty(engine.Shapes);
    }

    [Fact]
    public void Embed_SameImageTwice_IsIdenticalInDirection()
    {
        using CompiledModel compiled = Classifier(new FakeEngine());

        Embedding embedding = compiled.Embed(Filled(8, 8, 1));

        Assert.Equal(1, embedding.CosineSimilarity(compiled.Embed(Filled(8, 8, 1))), 5);
        Assert.Equal(0, embedding.CosineSimilarity(compiled.Embed(Filled(8, 8, 2))), 5);
    }

    [Fact]
    public void Classify_Always_TimesEachStage()
    {
        using CompiledModel compiled = Classifier(new FakeEngine());

        Assert.Equal(["preprocess", "network", "decode"], compiled.Classify(Filled(8, 8, 0)).Timings.Select(timing => timing.Stage));
    }

    [Fact]
    public void Dispose_FreesTheEngine()
    {
        var engine = new FakeEngine();
        Classifier(engine).Dispose();

        Assert.True(engine.IsDisposed);
    }

    private static CompiledModel Classifier(FakeEngine engine, ImagePreprocessing? preprocessing = null)
    {
        using VisionModel model = VisionModel.Create()
            .UseCifarResNet(CifarResNetSpec.ResNet20)
            .UseClassifier(["red", "green", "blue"])
            .WithPreprocessing(preprocessing ?? AsIs)
            .Build();
        return new CompiledModel(model, engine);
    }

    private static RgbImage Filled(int width, int height, int plane)
    {
        var image = new RgbImage(width, height);
        for (int i = plane; i < image.Pixels.Length; i += 3)
        {
            image.Pixels[i] = 255;
        }

        return image;
    }
}
