using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// YOLO's fast spatial pyramid pooling on the coarsest map: 1x1 to half the channels, three chained max pools of stride 1,
/// all four concatenated, 1x1. The map keeps its size; finer maps pass unchanged.
/// </summary>
public sealed record SppfSpec
{
    /// <summary>Side of the pooling window; odd. Default 5, so that the chain sees 5, 9 and 13 pixels.</summary>
    public int Kernel { get; init; } = 5;

    /// <summary>Channels of the output. Default null: those of the input.</summary>
    public int? OutChannels { get; init; }

    /// <summary>What follows each convolution's norm. Default SiLU.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The normalization behind each convolution. Default batch norm with YOLO's epsilon 1e-3 and momentum 0.03.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f);
}
