using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// The path aggregation of the YOLO family, with YOLOX's blocks and parameter names: a top-down and a bottom-up path over the
/// three coarsest maps, joined by concatenation and fused by cross-stage-partial blocks. Each map keeps its channels.
/// </summary>
public sealed record YoloPanSpec
{
    /// <summary>Residual-free bottlenecks in each cross-stage-partial block. Default 3, YOLOX-L; 1 in the smallest models.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>Whether 3x3 convolutions are depthwise ones with a 1x1. Default false; YOLOX-Nano.</summary>
    public bool IsDepthwise { get; init; }

    /// <summary>What follows each convolution's norm. Default SiLU.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The normalization behind each convolution. Default batch norm with YOLOX's epsilon 1e-3 and momentum 0.03.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f);
}
