using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// The residual network for 32 x 32 images of He et al. 2015, section 4.2: a 3x3 stem and three stages of basic blocks,
/// with shortcuts that have no parameters (option A). Gives C0, C1, C2 (strides 1, 2, 4).
/// </summary>
public sealed record CifarResNetSpec
{
    /// <summary>Blocks in each stage; the depth is 6 * blocks + 2.</summary>
    public required int BlocksPerStage { get; init; }

    /// <summary>Channels of the stem and the first stage; each later stage doubles it. Default 16.</summary>
    public int BaseWidth { get; init; } = 16;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>Layers with weights.</summary>
    public int Depth => (6 * BlocksPerStage) + 2;

    /// <summary>ResNet-20: 0.27 M parameters.</summary>
    public static CifarResNetSpec ResNet20 { get; } = new() { BlocksPerStage = 3 };

    /// <summary>ResNet-32: 0.46 M parameters.</summary>
    public static CifarResNetSpec ResNet32 { get; } = new() { BlocksPerStage = 5 };

    /// <summary>ResNet-44: 0.66 M parameters.</summary>
    public static CifarResNetSpec ResNet44 { get; } = new() { BlocksPerStage = 7 };

    /// <summary>ResNet-56: 0.85 M parameters.</summary>
    public static CifarResNetSpec ResNet56 { get; } = new() { BlocksPerStage = 9 };

    /// <summary>ResNet-110: 1.7 M parameters.</summary>
    public static CifarResNetSpec ResNet110 { get; } = new() { BlocksPerStage = 18 };
}
