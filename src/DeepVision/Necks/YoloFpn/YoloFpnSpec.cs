using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// YOLOv3's top-down path over the three coarsest maps: what comes down is narrowed, enlarged, concatenated with the next finer map
/// and fused by five 1x1 and 3x3 convolutions in turn. The coarsest map passes unchanged; the finer ones have half of their channels.
/// </summary>
public sealed record YoloFpnSpec
{
    /// <summary>What follows each norm. Default a leaky ReLU of slope 0.1.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu(0.1f);

    /// <summary>The normalization behind each convolution. Default batch norm with YOLOX's epsilon 1e-3 and momentum 0.03.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f);
}
