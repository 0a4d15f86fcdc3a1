using System.Globalization;
using System.Text.RegularExpressions;
using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision.Tests.Parity;

/// <summary>
/// Weights that need no file: every value is a function of its key's name, the tensor's shape, the model's other keys and
/// the element's index, by integer hashing, exact conversions and single correctly rounded float32 operations. The Python
/// twin, tests/golden/parity_weights.py, gives the same bits; the golden outputs were computed with it. The scales keep
/// activations near 1 through 152 layers: convolutions by fan-in, a norm's gamma about 1 (about 0.2 at the end of a
/// residual block) times the root of its running variance, which is spread over [1e-6, 4) so that a wrong eps shows.
/// </summary>
internal static partial class ParityWeights
{
    private const float ClassificationBias = -6f;
    private const double GroupNormHeadScale = 1.0;
    private const double PlainHeadScale = 0.25;
    private const double BoxScale = 0.125;
    private const double ProposalScale = 0.0625;

    // A MobileNetV3 with frozen norms, whose epsilon is small, would grow from layer to layer; about half of its proposals pass the
    // threshold of 0.05.
    private const double MobileScale = 0.703125;
    private const float MobileClassificationBias = -3f;

    // FCOS multiplies two probabilities, and its boxes are about six strides wide so that neighbors overlap.
    private const double FcosHeadScale = 1.5;
    private const double FcosBoxScale = 0.5;
    private const float FcosDistance = 3f;

    // A MobileNetV3 halves small values in each Hardswish and each gate, until its logits are those of its biases alone.
    private const float MobileGain = 1.25f;
    private const float GateGain = 2f;

    // BiFPN takes a mean and halves it in a Swish.
    private const float FusionGain = 2f;

    // Measured over all sizes of YOLOX: less, and the images differ too little at the coarsest level; more, and float32's errors grow.
    private const float YoloXBackboneGain = 1.35f;
    private const float YoloXResidualGain = 0.3f;
    private const float YoloXDepthwiseGain = 2.125f;
    private const float YoloXGain = 1.46f;

    // SSD300's images reach from -123 to 132 and no norm brings them down; its first map is of unit length. A weight for background
    // is never negative, so that background is likely wherever there are features.
    private const double SsdInputScale = 1.0 / 32;
    private const float SsdScale = 32f;
    private const double SsdBoxScale = 0.5;
    private const float SsdBackground = 0.125f;
    private const int SsdClasses = 91;

    // SSDLite's ReLU6 would cut off most of what a MobileNetV3 gives with its usual gain.
    private const float SsdLiteGain = 1.125f;
    private const double SsdLiteHeadScale = 6.0;
    private const double SsdLiteBoxScale = 4.0;
    private const float SsdLiteBackground = 0.25f;

    /// <summary>Scales that let a RetinaNet's levels all yield candidates.</summary>
    private static readonly (string Part, double Scale)[] LevelScales = [(".layer_blocks.0", 0.5), (".layer_blocks.1", 0.75)];

    /// <summary>A handle that computes its values when they are read.</summary>
    internal static WeightHandle Handle(string key, TensorShape shape, IReadOnlySet<string> keys) => new GeneratedWeightHandle(key, shape, keys);

    /// <summary>The values of one parameter; <paramref name="keys"/> holds all of the model's keys.</summary>
    internal static float[] Values(string key, TensorShape shape, IReadOnlySet<string> keys)
    {
        float[] values = new float[shape.ElementCount];
        Fill(key, shape, keys, values);
        return values;
    }

    /// <summary>Writes the values of one parameter in row-major order.</summary>
    internal static void Fill(string key, TensorShape shape, IReadOnlySet<string> keys, Span<float> values)
    {
        (string prefix, string name) = SplitLast(key);
        ulong hash = CounterHash.OfKey(key);
        if (name == "num_batches_tracked")
        {
            values.Clear(); // as PyTorch builds it; nothing computes with it
        }
        else if (name == "running_var")
        {
            FillRunningVariance(hash, values);
        }
        else if (name == "running_mean" || name.EndsWith("bias", StringComparison.Ordinal))
        {
            bool scores = name == "bias" && prefix.EndsWith("cls_logits", StringComparison.Ordinal);
            float scale = name == "running_mean" ? 0.2f : scores ? 0.5f : 0.1f;
            bool distances = name == "bias" && prefix.EndsWith("bbox_reg", StringComparison.Ordinal) && IsFcos(prefix, keys);
            float offset = scores ? (IsMobileFasterRcnn(keys) ? MobileClassificationBias : ClassificationBias) : distances ? FcosDistance : 0f;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (CounterHash.Signed(CounterHash.Bits(hash, i)) * scale) + offset;
            }
        }
        else if (name == "scale_weight")
        {
            // Of SSD's map of unit length.
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (0.5f + CounterHash.Unit(CounterHash.Bits(hash, i))) * SsdScale;
            }
        }
        else if (name == "weights" && shape.Rank == 1)
        {
            // Of BiFPN's fusion, where a ReLU makes nothing of a negative one.
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = 0.5f + CounterHash.Unit(CounterHash.Bits(hash, i));
            }
        }
        else if (name is not ("weight" or "in_proj_weight") && shape.Rank != 2)
        {
            // A parameter of its own: layer_scale, class_token, pos_embedding ...
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = CounterHash.Signed(CounterHash.Bits(hash, i)) * 0.5f;
            }
        }
        else if (shape.Rank == 1)
        {
            FillGamma(hash, prefix, keys, values);
        }
        else if (prefix.Contains("classification_head.module_list.", StringComparison.Ordinal) && IsLastOfSsd(prefix))
        {
            long fanIn = shape.ElementCount / shape[0];
            (double scale, float background) = IsLastOfSsdLite(prefix) ? (SsdLiteHeadScale, SsdLiteBackground) : (1.0, SsdBackground);
            float bound = (float)Math.Sqrt(6.0 * scale * scale / fanIn);
            for (int i = 0; i < values.Length; i++)
            {
                ulong bits = CounterHash.Bits(hash, i);
                values[i] = (i / fanIn % SsdClasses == 0 ? CounterHash.Unit(bits) * background : CounterHash.Signed(bits)) * bound;
            }
        }
        else
        {
            double scale = ScaleOf(prefix, keys);
            long fanIn = shape.ElementCount / shape[0];
            float bound = (float)Math.Sqrt(6.0 * scale * scale / fanIn); // uniform: variance 2 scale^2 / fan-in
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = CounterHash.Signed(CounterHash.Bits(hash, i)) * bound;
            }
        }
    }

    private static void FillRunningVariance(ulong hash, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            ulong bits = CounterHash.Bits(hash, i);
            int order = (int)(((bits & 0xFFFF) * 22) >> 16);
            float fraction = 1f + ((bits >> 41) * (1f / (1 << 23)));
            values[i] = MathF.Max(MathF.ScaleB(fraction, 1 - order), 1e-6f);
        }
    }

    private static void FillGamma(ulong hash, string prefix, IReadOnlySet<string> keys, Span<float> values)
    {
        (string block, string norm) = SplitLast(prefix);
        bool last = norm == "bn3" || (norm == "bn2" && keys.Contains($"{block}.conv2.weight") && !keys.Contains($"{block}.bn3.weight"));
        float factor = MobileFactor(block, keys) * EfficientNetFactor(prefix, keys) * YoloXFactor(prefix, keys); // at most one is not 1
        factor *= keys.Contains($"{block}.weights") ? FusionGain : 1f; // behind BiFPN's fusion, whose weights add up to 1
        string varianceKey = $"{prefix}.running_var";
        float[]? variance = null;
        if (keys.Contains(varianceKey)) // a batch norm; group norms have none
        {
            variance = new float[values.Length];
            FillRunningVariance(CounterHash.OfKey(varianceKey), variance);
        }

        for (int i = 0; i < values.Length; i++)
        {
            float gain = 0.5f + CounterHash.Unit(CounterHash.Bits(hash, i));
            gain = (last ? gain * 0.2f : gain) * factor;
            values[i] = variance is null ? gain : gain * MathF.Sqrt(variance[i]);
        }
    }

    // Doubling is exact, so one product gives the bits that two give.
    private static float MobileFactor(string block, IReadOnlySet<string> keys)
    {
        bool isMobileNetV3 = keys.Any(key => key.EndsWith(".fc2.weight", StringComparison.Ordinal) && key.Contains(".block.", StringComparison.Ordinal))
            && !keys.Any(key => key.Contains(".1.0.block.", StringComparison.Ordinal)); // EfficientNet's
        if (!isMobileNetV3)
        {
            return 1;
        }

        float gain = keys.Contains("backbone.extra.0.0.0.weight") ? SsdLiteGain : MobileGain;
        (string parent, string index) = SplitLast(block);
        return int.TryParse(index, CultureInfo.InvariantCulture, out int i) && keys.Contains($"{parent}.{i - 1}.fc2.weight") ? gain * GateGain : gain;
    }

    /// <summary>
    /// A factor for the last norm of an EfficientNet's block, <c>features.1.0.block.2.1</c>. Squeeze-and-excitation halves what goes
    /// through it, and a SiLU nearly as much: without 3 behind them nothing of the image would be left at the end. A block that is
    /// not the first of its stage ends a residual branch: 0.2, as for a ResNet.
    /// </summary>
    private static float EfficientNetFactor(string prefix, IReadOnlySet<string> keys)
    {
        Match match = EfficientNetNorm().Match(prefix);
        if (!match.Success || !keys.Contains("features.1.0.block.0.0.weight")) // a split MobileNetV3 has such names too, but not this one
        {
            return 1f;
        }

        string block = match.Groups[1].Value;
        int number = int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture);
        if (keys.Contains($"{block}{number + 1}.0.weight") || keys.Contains($"{block}{number + 1}.fc1.weight"))
        {
            return 1f;
        }

        return match.Groups[2].Value != "0" ? 0.2f : keys.Contains($"{block}{number - 1}.fc1.weight") ? 3f : 1f;
    }

    /// <summary>
    /// A factor for the norms of a YOLOX: with eps 1e-3 a norm silences half of its channels, and a SiLU halves what is small. The
    /// norm behind a depthwise convolution gets more; the end of a residual branch less, as for a ResNet.
    /// </summary>
    private static float YoloXFactor(string prefix, IReadOnlySet<string> keys)
    {
        if (!keys.Any(key => key.EndsWith("stem.conv.conv.weight", StringComparison.Ordinal)))
        {
            return 1f;
        }

        if (prefix.EndsWith(".dconv.bn", StringComparison.Ordinal))
        {
            return YoloXDepthwiseGain;
        }

        if (!prefix.Contains("dark", StringComparison.Ordinal) && !prefix.EndsWith("stem.conv.bn", StringComparison.Ordinal))
        {
            return YoloXGain;
        }

        bool residual = prefix.Contains(".m.", StringComparison.Ordinal) && !prefix.Contains("dark5", StringComparison.Ordinal)
            && (prefix.EndsWith(".conv2.bn", StringComparison.Ordinal) || prefix.EndsWith(".conv2.pconv.bn", StringComparison.Ordinal));
        return residual ? YoloXResidualGain : YoloXBackboneGain;
    }

    [GeneratedRegex(@"^(features\.\d+\.(\d+)\.block\.)(\d+)\.1$")]
    private static partial Regex EfficientNetNorm();

    private static double ScaleOf(string prefix, IReadOnlySet<string> keys)
    {
        if (IsMobileFasterRcnn(keys) && (prefix.Contains(".block.", StringComparison.Ordinal) || prefix == "rpn.head.cls_logits"))
        {
            return prefix == "rpn.head.cls_logits" ? 1.0 : MobileScale;
        }

        bool boxes = prefix.EndsWith("bbox_reg", StringComparison.Ordinal);
        if (boxes || prefix.EndsWith("cls_logits", StringComparison.Ordinal))
        {
            if (IsFcos(prefix, keys))
            {
                return boxes ? FcosBoxScale : FcosHeadScale;
            }

            double head = keys.Contains($"{SplitLast(prefix).Before}.conv.0.1.weight") ? GroupNormHeadScale : PlainHeadScale;
            return boxes ? head * BoxScale : head;
        }

        if (prefix == "backbone.features.0" && keys.Contains("backbone.scale_weight"))
        {
            return SsdInputScale;
        }

        if (prefix.Contains("regression_head.module_list.", StringComparison.Ordinal) && IsLastOfSsd(prefix))
        {
            return IsLastOfSsdLite(prefix) ? SsdLiteBoxScale : SsdBoxScale;
        }

        if (prefix == "rpn.head.bbox_pred")
        {
            return ProposalScale;
        }

        double scale = 1.0;
        foreach ((string part, double factor) in LevelScales)
        {
            scale = prefix.Contains(part, StringComparison.Ordinal) ? factor : scale;
        }

        return scale;
    }

    /// <summary>Whether a layer in one of SSD's lists gives an output: number i of the list, or SSDLite's i.1, not its depthwise i.0.0.</summary>
    private static bool IsLastOfSsd(string prefix) => DotsInSsdsList(prefix) < 2;

    private static bool IsLastOfSsdLite(string prefix) => DotsInSsdsList(prefix) == 1;

    private static int DotsInSsdsList(string prefix)
    {
        const string List = ".module_list.";
        return prefix.AsSpan(prefix.IndexOf(List, StringComparison.Ordinal) + List.Length).Count('.');
    }

    /// <summary>Whether the model is a Faster R-CNN over a MobileNetV3.</summary>
    private static bool IsMobileFasterRcnn(IReadOnlySet<string> keys) =>
        keys.Contains("rpn.head.bbox_pred.weight") && keys.Contains("backbone.body.1.block.0.0.weight");

    /// <summary>Whether the last layer of a detector's tower is FCOS's: its tower is one sequence, with a norm behind the convolution.</summary>
    private static bool IsFcos(string prefix, IReadOnlySet<string> keys) => keys.Contains($"{SplitLast(prefix).Before}.conv.1.weight");

    private static (string Before, string After) SplitLast(string key)
    {
        int dot = key.LastIndexOf('.');
        return dot < 0 ? (string.Empty, key) : (key[..dot], key[(dot + 1)..]);
    }

    private sealed class GeneratedWeightHandle(string key, TensorShape shape, IReadOnlySet<string> keys) : WeightHandle(WeightType.Float32, shape)
    {
        public override string Origin => "parity generator";

        protected override void ReadFloatsCore(Span<float> destination) => Fill(key, Shape, keys, destination);
    }
}
