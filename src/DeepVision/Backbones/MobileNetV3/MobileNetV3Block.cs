using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>One inverted residual block of a MobileNetV3, with the numbers of the paper's tables 1 and 2 (at full width).</summary>
public sealed record MobileNetV3Block
{
    /// <summary>The side of the depthwise window; odd.</summary>
    public required int Kernel { get; init; }

    /// <summary>Channels of the depthwise convolution; without an expansion where they are the input's.</summary>
    public required int ExpandedChannels { get; init; }

    /// <summary>Channels of the output.</summary>
    public required int Channels { get; init; }

    /// <summary>Whether squeeze and excitation stands behind the depthwise convolution. Default false.</summary>
    public bool SqueezesAndExcites { get; init; }

    /// <summary>What follows the expansion and the depthwise convolution. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The stride of the depthwise convolution: 1 or 2. Default 1.</summary>
    public int Stride { get; init; } = 1;
}
