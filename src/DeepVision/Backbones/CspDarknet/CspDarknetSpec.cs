using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// CSPDarknet as YOLOX has it: a focus stem that moves each 2 x 2 pixels into channels, and four stages of a strided 3x3 and a
/// cross-stage-partial block, the last with spatial pyramid pooling. Gives C2 to C5. Images have even sides.
/// </summary>
public sealed record CspDarknetSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>What 3, 9, 9 and 3 bottlenecks of the stages are multiplied by: 1 for YOLOX-L. Rounded by the three, at least 1.</summary>
    public required double Depth { get; init; }

    /// <summary>What all channels are multiplied by: 1 for YOLOX-L, whose stem has 64.</summary>
    public required double Width { get; init; }

    /// <summary>Whether 3x3 convolutions behind the stem are depthwise ones with a 1x1. Default false; YOLOX-Nano.</summary>
    public bool IsDepthwise { get; init; }

    /// <summary>What follows each norm. Default SiLU.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>The normalization behind each convolution. Default batch norm with YOLOX's epsilon 1e-3 and momentum 0.03.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f);

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>YOLOX-Nano's.</summary>
    public static CspDarknetSpec Nano { get; } = new() { Name = "CSPDarknet nano", Depth = 0.33, Width = 0.25, IsDepthwise = true };

    /// <summary>YOLOX-Tiny's.</summary>
    public static CspDarknetSpec Tiny { get; } = new() { Name = "CSPDarknet tiny", Depth = 0.33, Width = 0.375 };

    /// <summary>YOLOX-S's.</summary>
    public static CspDarknetSpec Small { get; } = new() { Name = "CSPDarknet S", Depth = 0.33, Width = 0.5 };

    /// <summary>YOLOX-M's.</summary>
    public static CspDarknetSpec Medium { get; } = new() { Name = "CSPDarknet M", Depth = 0.67, Width = 0.75 };

    /// <summary>YOLOX-L's.</summary>
    public static CspDarknetSpec Large { get; } = new() { Name = "CSPDarknet L", Depth = 1, Width = 1 };

    /// <summary>YOLOX-X's.</summary>
    public static CspDarknetSpec ExtraLarge { get; } = new() { Name = "CSPDarknet X", Depth = 1.33, Width = 1.25 };

    /// <summary>Bottlenecks of the first and last stage, and of each of YOLOX's cross-stage-partial blocks in the neck.</summary>
    public int BaseDepth => Math.Max(1, (int)Math.Round(Depth * 3));
}
