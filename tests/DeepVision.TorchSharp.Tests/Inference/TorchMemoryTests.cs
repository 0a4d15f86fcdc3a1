using System.Globalization;
using DeepVision.Components;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Torch.Components;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Inference;

/// <summary>Every tensor of a call is freed with it, however it ends.</summary>
[Collection(AloneCollection.Name)]
public sealed class TorchMemoryTests
{
    private const int Threads = 4;
    private const int Calls = 10_000;
    private const int WarmUp = 1_000;
    private const long MaxGrowth = 20L << 20;

    [ThreadStatic]
    private static Action? t_duringForward;

    [TorchFact]
    public void Predictions_ManyAtOnce_ATenthCanceledOrFailing_LeaveNothingBehind()
    {
        using VisionModel model = VisionModel.Create()
            .UseBackbone(new TorchBackbone("one stage", [FeatureInfo.BackboneMap(3, 8)], TorchModuleFactory.Of(() => new Stage())))
            .UseFpn(new Necks.FpnSpec { Channels = 8, ExtraLevels = Necks.FpnExtraLevels.None })
            .UseRetinaNet(new RetinaNetHeadSpec
            {
                Classes = 4,
                TowerDepth = 1,
                LowestLevel = 3,
                Anchors = new Detections.AnchorSpec { Levels = [new Detections.AnchorLevelSpec { Sizes = [8, 16], AspectRatios = [1] }] },
                Decoding = new RetinaNetDecoderOptions { ScoreThreshold = 0.005f, TopKPerLevel = 20, MaxDetections = 10 },
            })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection(32, 48))
            .InitializeWeights()
            .Build();
        using CompiledModel compiled = model.CompileForTorch();
        RgbImage[] images = [.. Enumerable.Range(0, 4).Select(i => ParityImages.Rgb(i, 40, 32))];
        Assert.NotEmpty(compiled.Detect(images[0]));

        Collect();
        long liveBefore = Tensor.TotalCount;
        long residentBefore = Run(compiled, images);

        // Before any collection: what only a finalizer would free was not freed by the call.
        Assert.Equal(liveBefore, Tensor.TotalCount);
        Collect();
        long growth = Resident() - residentBefore;
        Assert.True(growth < MaxGrowth, $"Resident memory grew by {growth / 1048576.0:0.0} MiB.");
    }

    [TorchFact]
    public async Task Dispose_BesideRunningCalls_LetsThemFinishAndRefusesTheNext()
    {
        for (int round = 0; round < 20; round++)
        {
            using VisionModel model = VisionModel.FromPreset("cifar_resnet20").InitializeWeights().Build();
            CompiledModel compiled = model.CompileForTorch();
            using var running = new CountdownEvent(3);
            Task[] callers = [.. Enumerable.Range(0, 3).Select(i => Task.Factory.StartNew(
                () =>
                {
                    HostTensor input = ParityImages.Batch(1, 32, 32);
                    compiled.Run(input);
                    running.Signal();
                    while (true)
                    {
                        Assert.All(compiled.Run(input)["logits"].Values.ToArray(), logit => Assert.True(float.IsFinite(logit)));
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))];
            running.Wait();

            compiled.Dispose();

            foreach (Task caller in callers)
            {
                await Assert.ThrowsAsync<ObjectDisposedException>(() => caller);
            }

            compiled.Dispose();
        }
    }

    [TorchFact]
    public void Module_Disposed_FreesItsTensors()
    {
        VisionModule module = VisionModel.FromPreset("retinanet_resnet50_fpn").InitializeWeights().BuildModule();
        Tensor[] tensors = [.. module.state_dict().Values];
        Assert.All(tensors, tensor => Assert.False(tensor.IsInvalid));

        module.Dispose();

        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    // The same threads go on after the warm-up: libtorch keeps a pool for each thread that calls it.
    private static long Run(CompiledModel compiled, RgbImage[] images)
    {
        int next = 0;
        int canceled = 0;
        int failed = 0;
        long resident = 0;
        Exception? unexpected = null;
        using var warm = new Barrier(Threads, _ =>
        {
            // The collector's nursery grows to its size however little is kept; 1,000 calls do not fill it once.
            for (int i = 0; i < 100_000; i++)
            {
                GC.KeepAlive(new byte[8_192]);
            }

            Collect();
            resident = Resident();
        });
        var threads = new Thread[Threads];
        for (int t = 0; t < Threads; t++)
        {
            threads[t] = new Thread(() =>
            {
                Work(WarmUp);
                warm.SignalAndWait();
                Work(Calls);
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.Null(unexpected);
        Assert.Equal((Calls / 20, Calls / 20), (canceled, failed));
        return resident;

        void Work(int until)
        {
            try
            {
                for (int i = Next(until); i > 0; i = Next(until))
                {
                    Call(i);
                }
            }
            catch (Exception exception)
            {
                unexpected = exception;
            }
        }

        int Next(int until)
        {
            lock (compiled)
            {
                return next < until ? ++next : 0;
            }
        }

        void Call(int i)
        {
            switch (i % 20)
            {
                case 0:
                    Cancel(compiled, images);
                    Interlocked.Increment(ref canceled);
                    break;
                case 10:
                    t_duringForward = () => throw new InvalidOperationException("on purpose");
                    Assert.Throws<InvalidOperationException>(() => compiled.Detect(images[0]));
                    Interlocked.Increment(ref failed);
                    break;
                default:
                    compiled.Detect(images[i % images.Length]);
                    break;
            }

            t_duringForward = null;
        }
    }

    // Canceled while the first of two images is in the network.
    private static void Cancel(CompiledModel compiled, RgbImage[] images)
    {
        using var source = new CancellationTokenSource();
        t_duringForward = source.Cancel;
        Assert.ThrowsAny<OperationCanceledException>(
            () => compiled.Detect([images[0], images[1]], new PredictionOptions { MaxBatch = 1 }, source.Token));
    }

    private static void Collect()
    {
        // Twice, for what finalizers let go; aggressive, so that the collector gives back the memory that it keeps for later.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    private static long Resident()
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private sealed class Stage : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> first;
        private readonly nn.Module<Tensor, Tensor> second;

        internal Stage()
            : base(nameof(Stage))
        {
            first = nn.Conv2d(3, 4, 4, 4);
            second = nn.Conv2d(4, 8, 2, 2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            // Not disposed on purpose: the call's scope has to free what a user's module forgets.
            Tensor half = first.call(input);
            t_duringForward?.Invoke();
            return second.call(half);
        }
    }
}
