using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Zoo;
using static TorchSharp.torch;

namespace DeepVision.TorchServer;

/// <summary>Every preset on a device against the CPU engine: float32 without TF32, and float16.</summary>
internal static class DeviceParity
{
    private const double Float32Limit = 1e-3;
    private const double Float16Limit = 5e-2;

    /// <summary>Prints a line a preset and precision.</summary>
    /// <returns>Whether all agree.</returns>
    public static bool Check(TorchDevice device, bool withFloat16)
    {
        backends.cuda.matmul.allow_tf32 = false;
        backends.cudnn.allow_tf32 = false;
        bool all = true;
        foreach (ModelPreset preset in ModelPresets.All)
        {
            using VisionModel model = VisionModel.FromPreset(preset.Name).InitializeWeights(seed: 1).Build();
            Size2D size = model.ImageSize ?? new Size2D(128, 160);
            HostTensor input = Noise(new TensorShape(2, 3, size.Height, size.Width));
            using CompiledModel engine = model.CompileForCpu();
            IReadOnlyDictionary<string, HostTensor> expected = engine.Run(input);
            all &= Check(model, expected, input, new TorchOptions { Device = device, BatchNorm = TorchBatchNorm.Separate }, Float32Limit);
            if (withFloat16)
            {
                all &= Check(model, expected, input, new TorchOptions { Device = device, Precision = TorchPrecision.Float16 }, Float16Limit);
            }
        }

        return all;
    }

    private static bool Check(
        VisionModel model, IReadOnlyDictionary<string, HostTensor> expected, HostTensor input, TorchOptions options, double limit)
    {
        using CompiledModel compiled = model.CompileForTorch(options);
        IReadOnlyDictionary<string, HostTensor> found = compiled.Run(input);
        double worst = 0;
        bool sameClass = true;
        foreach ((string name, HostTensor tensor) in expected)
        {
            ReadOnlySpan<float> right = tensor.Values, left = found[name].Values;
            double largest = 0, difference = 0;
            for (int i = 0; i < right.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(right[i]));
                difference = Math.Max(difference, float.IsFinite(left[i]) ? Math.Abs(left[i] - right[i]) : double.PositiveInfinity);
            }

            worst = Math.Max(worst, difference / largest);
            if (name == ClassificationTask.LogitsOutput)
            {
                int classes = right.Length / 2;
                sameClass &= Best(left[..classes]) == Best(right[..classes]) && Best(left[classes..]) == Best(right[classes..]);
            }
        }

        bool agrees = worst <= limit && sameClass;
        Console.WriteLine(
            $"parity {model.Name} {options.Device} {options.Precision.ToString().ToLowerInvariant()} {worst:0.0e+0}{(sameClass ? "" : ", another class")} {(agrees ? "ok" : "FAILED")}");
        return agrees;
    }

    private static int Best(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        return best;
    }

    private static HostTensor Noise(TensorShape shape)
    {
        var random = new Random(1);
        var tensor = new HostTensor(shape);
        foreach (ref float value in tensor.Values)
        {
            value = (random.NextSingle() - 0.5f) * 4;
        }

        return tensor;
    }
}
