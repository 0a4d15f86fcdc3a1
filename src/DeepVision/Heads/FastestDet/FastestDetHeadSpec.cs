using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// FastestDet's head on one map: a shared 1x1, then for each answer a depthwise 5x5 and a 1x1. Gives <c>objectness.P4</c>
/// (N, 1, H, W), <c>bbox_regression.P4</c> (N, 4, H, W) and <c>cls_logits.P4</c> (N, K, H, W), all before any activation.
/// </summary>
public sealed record FastestDetHeadSpec
{
    /// <summary>How many classes; at least 1.</summary>
    public required int Classes { get; init; }

    /// <summary>What follows the norms inside the head. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization behind each convolution, the last ones included. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Thresholds and limits of the decoding. Default those of the published code.</summary>
    public FastestDetDecoderOptions Decoding { get; init; } = new();
}
