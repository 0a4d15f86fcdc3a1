using System.Text.Json;
using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Tests.Parity;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training.Losses;

/// <summary>RetinaNet's losses on made-up outputs are torchvision's, and so are their gradients.</summary>
public sealed class RetinaNetLossTests
{
    // Sums of float32 in another order than torchvision's of float64.
    private const double LossTolerance = 1e-5;
    private const double GradientTolerance = 1e-4;
    private const int Side = 64;
    private static readonly string[] s_levels = ["P3", "P4", "P5"];
    private static readonly int[] s_maps = [8, 4, 2];

    [TorchTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Compute_MadeUpOutputs_GivesTorchvisionsLossesAndGradients(int index)
    {
        JsonElement golden = TrainingGolden.Load("losses").GetProperty("retinanet")[index];
        int[] numbers = [.. golden.GetProperty("numbers").EnumerateArray().Select(e => e.GetInt32())];
        bool ignores = golden.GetProperty("ignores").GetBoolean();
        var loss = new RetinaNetLoss(Task(), new RetinaNetLossOptions
        {
            Boxes = golden.GetProperty("kind").GetString() switch { "l1" => BoxLossKind.L1, "smooth_l1" => BoxLossKind.SmoothL1, _ => BoxLossKind.Giou },
            Matching = new AnchorMatcherOptions { IgnoredIoU = ignores ? 0.4f : null },
        });
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> outputs = Outputs(numbers.Length);
        DetectionExample[] examples =
            [.. numbers.Select(n => n < 0 ? TrainingGolden.Nothing(Side, Side) : TrainingGolden.Objects(n, 10, Side, Side))];
        using var batch = new TrainingBatch<DetectionExample>(zeros(numbers.Length, 3, Side, Side), examples);

        LossValues values = loss.Compute(outputs, batch);
        values.Total.backward();

        foreach ((string name, Tensor value) in values.Parts)
        {
            double expected = golden.GetProperty("losses").GetProperty(name).GetDouble();
            Assert.True(
                Math.Abs(value.item<float>() - expected) <= LossTolerance * Math.Abs(expected),
                $"{name}: expected {expected:R}, found {value.item<float>():R}");
        }

        // The golden file names tensors as torchvision does: without A * K split off, and so are the outputs' gradients.
        GoldenGradient.AssertAgree(golden.GetProperty("gradients"), name => outputs[name].grad, GradientTolerance);
    }

    [TorchFact]
    public void Compute_ClassBeyondTheModels_IsAnError()
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new TrainingBatch<DetectionExample>(zeros(1, 3, Side, Side), [TrainingGolden.Objects(1, 1000, Side, Side)]);
        DetectionExample wrong = batch.Examples[0] with { Objects = [batch.Examples[0].Objects[0] with { ClassIndex = 10 }] };
        using var bad = new TrainingBatch<DetectionExample>(zeros(1, 3, Side, Side), [wrong]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new RetinaNetLoss(Task()).Compute(Outputs(1), bad));
        Assert.Contains("class 10", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Compute_LeavesNoTensorsBehind()
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> outputs = Outputs(1);
        using var batch = new TrainingBatch<DetectionExample>(zeros(1, 3, Side, Side), [TrainingGolden.Objects(1, 10, Side, Side)]);
        var loss = new RetinaNetLoss(Task());
        int before = scope.DisposablesCount;
        using (loss.Compute(outputs, batch))
        {
            Assert.Equal(before + 3, scope.DisposablesCount);
        }

        Assert.Equal(before, scope.DisposablesCount);
    }

    private static RetinaNetTask Task() => new(
        [.. Enumerable.Range(0, 10).Select(i => $"class {i}")],
        new RetinaNetDecoder(new AnchorSpec { Levels = [Anchors(16, 20, 25), Anchors(32, 40, 50), Anchors(64, 80, 101)] }, 10),
        s_levels);

    private static AnchorLevelSpec Anchors(params float[] sizes) => new() { Sizes = sizes, AspectRatios = [0.5f, 1f, 2f] };

    private static Dictionary<string, Tensor> Outputs(int images)
    {
        var outputs = new Dictionary<string, Tensor>();
        for (int level = 0; level < s_levels.Length; level++)
        {
            foreach ((string name, int width, float scale, float shift) in new[] { ("cls_logits", 10, 2f, -2f), ("bbox_regression", 4, 0.7f, 0f) })
            {
                string key = $"{name}.{s_levels[level]}";
                var values = new float[images * 9 * width * s_maps[level] * s_maps[level]];
                ulong hash = CounterHash.OfKey(key);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (CounterHash.Signed(CounterHash.Bits(hash, i)) * scale) + shift;
                }

                outputs[key] = tensor(values, [images, 9 * width, s_maps[level], s_maps[level]]).requires_grad_();
            }
        }

        return outputs;
    }
}
