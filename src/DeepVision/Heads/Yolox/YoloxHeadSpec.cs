using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// YOLOX's decoupled head (Ge et al. 2021): for each level a 1x1 stem, then two 3x3 for classes and two for boxes and objectness, with
/// parameters of its own. Gives for each level <c>cls_logits.P3</c> (N, K, H, W), <c>bbox_regression.P3</c> (N, 4, H, W) and
/// <c>objectness.P3</c> (N, 1, H, W), all before any activation.
/// </summary>
public sealed record YoloxHeadSpec
{
    /// <summary>How many classes; at least 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Channels inside the head. Default 256, YOLOX-L's.</summary>
    public int HiddenChannels { get; init; } = 256;

    /// <summary>The levels. Default 3 to 5.</summary>
    public LevelRange Levels { get; init; } = new(3, 5);

    /// <summary>Whether 3x3 convolutions are depthwise ones with a 1x1. Default false; YOLOX-Nano.</summary>
    public bool IsDepthwise { get; init; }

    /// <summary>What follows each norm. Default SiLU.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The normalization behind each convolution but the last ones. Default batch norm with YOLOX's epsilon 1e-3 and momentum 0.03.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f);

    /// <summary>Thresholds and limits of the decoding. Default YOLOX's.</summary>
    public YoloxDecoderOptions Decoding { get; init; } = new();
}
