using DeepVision.Components;
using DeepVision.Prediction;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Torch.Components;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Inference;

/// <summary>The number of threads holds whatever thread calls: libtorch keeps one for each.</summary>
[Collection(AloneCollection.Name)]
public sealed class TorchThreadsTests : IDisposable
{
    private static readonly HostTensor Image = ParityImages.Batch(1, 32, 32);

    private readonly int _before = get_num_threads();

    public void Dispose() => set_num_threads(_before);

    [TorchTheory]
    [InlineData(1)]
    [InlineData(3)]
    public void Threads_CalledFromAThreadWithAnotherNumber_Holds(int threads)
    {
        var seen = new List<int>();
        using VisionModel model = Watched(seen);
        using CompiledModel compiled = model.CompileForTorch(new TorchOptions { Threads = threads });

        OnNewThread(() =>
        {
            set_num_threads(2);
            compiled.Run(Image);
        });

        Assert.Equal([threads], seen);
        Assert.Contains($"{threads} threads", compiled.Engine, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Threads_OfTwoModelsInTurn_AreEachOnes()
    {
        var seen = new List<int>();
        using VisionModel model = Watched(seen);
        using CompiledModel one = model.CompileForTorch(new TorchOptions { Threads = 1 });
        using VisionModule two = model.ToTorchSharp(new TorchOptions { Threads = 2 });

        one.Run(Image);
        two.Predict(Image);
        one.Run(Image);

        Assert.Equal([1, 2, 1], seen);
    }

    [TorchFact]
    public void Threads_NotStated_LeavesTheCallersNumber()
    {
        var seen = new List<int>();
        using VisionModel model = Watched(seen);
        using CompiledModel compiled = model.CompileForTorch();

        OnNewThread(() =>
        {
            set_num_threads(2);
            compiled.Run(Image);
        });

        Assert.Equal([2], seen);
    }

    // A model that notes the number while it runs; the probe is not counted.
    private static VisionModel Watched(List<int> seen)
    {
        var backbone = new TorchBackbone("watched", [FeatureInfo.BackboneMap(3, 4)], TorchModuleFactory.Of(() => new Watcher(seen)));
        VisionModel model = VisionModel.Create().UseBackbone(backbone).UseClassifier(2).InitializeWeights().Build();
        seen.Clear();
        return model;
    }

    private static void OnNewThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private sealed class Watcher : nn.Module<Tensor, Tensor>
    {
        private readonly List<int> _seen;
        private readonly nn.Module<Tensor, Tensor> conv = nn.Conv2d(3, 4, 8, 8);

        internal Watcher(List<int> seen)
            : base(nameof(Watcher))
        {
            _seen = seen;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            _seen.Add(get_num_threads());
            return conv.call(input);
        }
    }
}
