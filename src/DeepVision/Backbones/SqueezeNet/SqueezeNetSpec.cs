using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// SqueezeNet (Iandola et al. 2016): a convolution and eight fire modules, with max pools between them. Gives C2 to C4, the last
/// module on each stride. Neither the first convolution nor the pools pad, so the maps are up to two pixels smaller than their
/// strides say; necks that join maps of several strides by their sizes do not take them.
/// </summary>
public sealed record SqueezeNetSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Channels of the first convolution.</summary>
    public required int StemChannels { get; init; }

    /// <summary>The side of the first convolution's window; 3 or 7.</summary>
    public required int StemKernel { get; init; }

    /// <summary>How many fire modules there are on each stride, 4, 8 and 16; eight in all.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>What follows each convolution. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization behind each convolution. Default none, as in the official models.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>SqueezeNet 1.0. 1,248,424 parameters with torchvision's classifier.</summary>
    public static SqueezeNetSpec V10 { get; } = new() { Name = "SqueezeNet 1.0", StemChannels = 96, StemKernel = 7, Depths = [3, 4, 1] };

    /// <summary>SqueezeNet 1.1: as accurate, at less than half the cost. 1,235,496 parameters with torchvision's classifier.</summary>
    public static SqueezeNetSpec V11 { get; } = new() { Name = "SqueezeNet 1.1", StemChannels = 64, StemKernel = 3, Depths = [2, 2, 4] };
}
