using System.Collections.Concurrent;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Tests.Torch.Training.Data;

public sealed class TrainingLoaderTests
{
    private const int Examples = 23;
    private static readonly ImagePreprocessing s_bytes = new() { Scale = PixelScale.Bytes };

    [TorchTheory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 8)]
    public void Next_AnyThreads_GivesTheSameBatchesInTheSameOrder(int workers, int prefetch)
    {
        List<string> expected = Run(1, 1, 0, 12);
        Assert.Equal(expected, Run(workers, prefetch, 0, 12));
        Assert.Equal(12, expected.Distinct().Count());
    }

    [TorchFact]
    public void Next_FromTheMiddle_GoesOnAsIfNeverStopped() => Assert.Equal(Run(2, 3, 0, 12)[7..], Run(3, 2, 7, 5));

    [TorchFact]
    public void Next_AnotherSeed_GivesAnotherOrder() => Assert.NotEqual(Run(1, 1, 0, 5), Run(1, 1, 0, 5, seed: 8));

    [TorchFact]
    public void Next_AnEpoch_HasEveryExampleAtMostOnce()
    {
        using var loader = new TrainingLoader<ClassificationExample>(Data(), s_bytes, new LoaderOptions { BatchSize = 4 });
        Assert.Equal(5, loader.BatchesPerEpoch);
        var first = new List<int>();
        var second = new List<int>();
        for (int i = 0; i < 10; i++)
        {
            using TrainingBatch<ClassificationExample> batch = loader.Next();
            (i < 5 ? first : second).AddRange(batch.Indices);
        }

        Assert.Equal(20, first.Distinct().Count());
        Assert.Equal(20, second.Distinct().Count());
        Assert.NotEqual(first, second);
    }

    [TorchFact]
    public void Next_Sequential_GivesImagesAsTheyAre()
    {
        using var loader = new TrainingLoader<ClassificationExample>(
            Data(), s_bytes, new LoaderOptions { BatchSize = 2, Order = ExampleOrder.Sequential });
        using TrainingBatch<ClassificationExample> batch = loader.Next();
        Assert.Equal([0, 1], batch.Indices);
        Assert.Equal([2L, 3, 3, 5], batch.Images.shape);

        // The tag of the second image's last pixel, its column and its row.
        Assert.Equal(1f, batch.Images[1, 2, 2, 4].item<float>());
        Assert.Equal(4f, batch.Images[1, 0, 2, 4].item<float>());
        Assert.Equal(2f, batch.Images[1, 1, 2, 4].item<float>());
    }

    [TorchFact]
    public void Next_BrokenExample_NamesItWhenItsBatchIsDue()
    {
        ITrainingData<ClassificationExample> data = TrainingData.Create(
            Examples, i => i == 5 ? throw new IOException("The disk is on fire.") : Example(i), i => $"photo-{i}.jpg");
        using var loader = new TrainingLoader<ClassificationExample>(data, s_bytes, new LoaderOptions { BatchSize = 4, Order = ExampleOrder.Sequential });
        loader.Next().Dispose();
        TrainingException error = Assert.Throws<TrainingException>(() => loader.Next());
        Assert.Equal("photo-5.jpg cannot be trained on: The disk is on fire.", error.Message);
        Assert.Equal("photo-5.jpg", error.Example);
        Assert.IsType<IOException>(error.InnerException);
        Assert.Throws<TrainingException>(() => loader.Next());
    }

    [TorchFact]
    public void Next_ExampleWithABadClass_NamesIt()
    {
        ITrainingData<ClassificationExample> data = TrainingData.FromList([Example(0), Example(1) with { ClassIndex = -1 }]);
        using var loader = new TrainingLoader<ClassificationExample>(data, s_bytes, new LoaderOptions { BatchSize = 2 });
        Assert.Contains("example 1 cannot be trained on: The class must be 0 or more; found -1.", Assert.Throws<TrainingException>(() => loader.Next()).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Next_NobodyTakes_ReadsNoMoreThanThePrefetchAhead()
    {
        var read = new ConcurrentBag<int>();
        using var enough = new SemaphoreSlim(0);
        ITrainingData<ClassificationExample> data = TrainingData.Create(1000, i =>
        {
            read.Add(i);
            enough.Release();
            return Example(i);
        });
        using var loader = new TrainingLoader<ClassificationExample>(data, s_bytes, new LoaderOptions { BatchSize = 4, Prefetch = 3, Workers = 3 });
        for (int i = 0; i < 12; i++)
        {
            Assert.True(enough.Wait(TimeSpan.FromSeconds(30)));
        }

        Assert.False(enough.Wait(TimeSpan.FromMilliseconds(100)));
        Assert.Equal(12, read.Count);
    }

    [TorchFact]
    public void Next_CanceledWhileWaiting_Ends()
    {
        using var release = new ManualResetEventSlim();
        ITrainingData<ClassificationExample> data = TrainingData.Create(8, i =>
        {
            release.Wait();
            return Example(i);
        });
        using var loader = new TrainingLoader<ClassificationExample>(data, s_bytes, new LoaderOptions { BatchSize = 2, Workers = 1 });
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Next(cancel.Token));
        release.Set();
    }

    [TorchFact]
    public void Next_BatchCannotBePutTogether_IsToldToWhoAsks()
    {
        // The number after the largest one is negative, and no examples belong to it.
        using var loader = new TrainingLoader<ClassificationExample>(Data(), s_bytes, new LoaderOptions { BatchSize = 4 }, firstBatch: long.MaxValue);
        loader.Next().Dispose();
        TrainingException error = Assert.Throws<TrainingException>(() => loader.Next());
        Assert.StartsWith($"batch {long.MinValue} cannot be trained on: ", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Constructor_FewerExamplesThanABatch_IsAnError()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new TrainingLoader<ClassificationExample>(Data(), s_bytes, new LoaderOptions { BatchSize = 24 }));
        Assert.Contains("The data has 23 examples, and a batch takes 24", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Run(int workers, int prefetch, long first, int batches, ulong seed = 7)
    {
        var options = new LoaderOptions
        {
            BatchSize = 4,
            Seed = seed,
            Workers = workers,
            Prefetch = prefetch,
            Augmentations = [new HorizontalFlip(), new RandomChannelOrder(), new RandomCrop(new ImageSize(5, 3)) { Border = 1 }],
        };
        using var loader = new TrainingLoader<ClassificationExample>(Data(), s_bytes, options, firstBatch: first);
        var found = new List<string>();
        for (int i = 0; i < batches; i++)
        {
            using TrainingBatch<ClassificationExample> batch = loader.Next();
            found.Add($"{string.Join(',', batch.Indices)}: {string.Join(',', batch.Images.data<float>().ToArray())}");
        }

        return found;
    }

    private static ITrainingData<ClassificationExample> Data() => TrainingData.Create(Examples, Example);

    private static ClassificationExample Example(int index) => new(TestImages.Places(5, 3, (byte)index), index % 3);
}
