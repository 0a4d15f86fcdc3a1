using DeepVision.Components;
using DeepVision.Cpu;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;
using DeepVision.Zoo;
using Xunit.Abstractions;

namespace DeepVision.Tests.Prediction;

/// <summary>
/// What a warm <c>Detect</c> allocates on all threads, where a picture gives as many boxes as the preset's limit lets through.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class DetectionAllocationTests(ITestOutputHelper output)
{
    private const long MostBytes = 64 * 1024;

    // The others take minutes where nothing is vectorized.
    private static readonly string[] Light =
        ["ssdlite320_mobilenet_v3_large", "retinaface_mobilenet_0.25", "fastestdet", "yolox_nano", "fashion_scenes_retinanet"];

    public static TheoryData<string> Detectors =>
        [.. ModelPresets.All.Select(preset => preset.Name).Where(name => InstructionSetData.IsAccelerated ? IsDetector(name) : Light.Contains(name))];

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Detect_WarmAtTheLimitOfDetections_AllocatesAtMost64KiB(string preset)
    {
        using CompiledModel compiled = Compile(preset);
        RgbImage image = Noise(320, 240);

        int boxes = compiled.Detect(image).Count;
        long detected = Warm(() => compiled.Detect(image));
        long read = Warm(() => compiled.Detect(image).Sum(found => found.Score));
        output.WriteLine(FormattableString.Invariant($"{preset}: {boxes} boxes, {detected:N0} bytes, {read:N0} with every box read"));

        Assert.Equal(LimitOf(compiled.Task), boxes);
        Assert.InRange(detected, 0, MostBytes);

        // To read a box makes an object of 56 bytes and 8 to find it by, with landmarks an array of 64 besides: all within the same
        // bound but for the faces.
        long faces = compiled.Task is RetinaFaceTask ? 750 * (56 + 8 + 64) : 0;
        Assert.InRange(read, 0, MostBytes + faces);
    }

    private static bool IsDetector(string preset)
    {
        using VisionModel model = VisionModel.FromPreset(preset).Build();
        return model.Task is DetectionTask;
    }

    private static CompiledModel Compile(string preset)
    {
        VisionModelBuilder builder = VisionModel.FromPreset(preset).InitializeWeights();

        // Small pictures where the network takes any: the boxes are as many.
        builder = preset switch
        {
            _ when preset.StartsWith("yolox", StringComparison.Ordinal) || preset == "yolov3" =>
                builder.WithPreprocessing(ImagePreprocessing.Letterbox(ImageSize.Square(256))),
            _ when preset.Contains("resnet50", StringComparison.Ordinal) || preset.StartsWith("fasterrcnn", StringComparison.Ordinal) =>
                builder.WithPreprocessing(ImagePreprocessing.TorchvisionDetection(240, 320)),
            _ => builder,
        };
        using VisionModel model = builder.Build();
        return new CompiledModel(model, new LoudEngine(CpuEngine.Compile(model, new CpuOptions { Threads = 2 })));
    }

    private static int LimitOf(VisionTask task) => task switch
    {
        RetinaNetTask retinaNet => retinaNet.Decoder.Options.MaxDetections,
        FcosTask fcos => fcos.Decoder.Options.MaxDetections,
        SsdTask ssd => ssd.Decoder.Options.MaxDetections,
        RetinaFaceTask retinaFace => retinaFace.Decoder.Options.MaxDetections,
        FastestDetTask fastestDet => fastestDet.Decoder.Options.MaxDetections,
        FasterRcnnTask fasterRcnn => fasterRcnn.Decoder.Options.MaxDetections,
        YoloxTask yolox => yolox.Decoder.Options.MaxDetections,
        _ => throw new InvalidOperationException($"Say where the limit of {task.GetType().Name} is."),
    };

    // The least of several: the test's host has threads of its own, and a collection in between may empty the shared pools.
    private static long Warm(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 4; run++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    private static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(5).NextBytes(image.Pixels);
        return image;
    }

    /// <summary>The CPU engine, with scores that leave no place without a box in place of those of random weights.</summary>
    private sealed class LoudEngine(IModelEngine inner) : IModelEngine
    {
        public string Description => inner.Description;

        public int HostThreads => inner.HostThreads;

        public bool AllowsReducedDecoding => inner.AllowsReducedDecoding;

        public string Describe(string stage, TensorShape input) => inner.Describe(stage, input);

        public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input) => Loud(inner.Run(stage, input));

        public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input, IReadOnlyList<string> wanted) =>
            Loud(inner.Run(stage, input, wanted));

        public void Recycle(string stage, IReadOnlyDictionary<string, HostTensor> outputs) => inner.Recycle(stage, outputs);

        public void Dispose() => inner.Dispose();

        private static IReadOnlyDictionary<string, HostTensor> Loud(IReadOnlyDictionary<string, HostTensor> outputs)
        {
            uint state = 1;
            foreach ((string name, HostTensor output) in outputs)
            {
                bool isScore = name.Contains("logits", StringComparison.Ordinal) || name.Contains("objectness", StringComparison.Ordinal)
                    || name.Contains("ctrness", StringComparison.Ordinal);
                foreach (ref float value in isScore ? output.Values : [])
                {
                    // -4 to 4.
                    state = (state * 1664525) + 1013904223;
                    value = (int)state * (4f / int.MaxValue);
                }
            }

            return outputs;
        }
    }
}
