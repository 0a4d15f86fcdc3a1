using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// SSD's extra layers (Liu et al. 2016): the backbone's maps go through as they are, and behind the coarsest come smaller ones. Or
/// SSDLite's (Sandler et al. 2018), whose 3x3 convolutions are depthwise and followed by a 1x1 one.
/// </summary>
public sealed record SsdLayersSpec
{
    /// <summary>The four layers of torchvision's SSD300: P5 to P8 behind a VGG's C4, the last two without padding.</summary>
    public static SsdLayersSpec Ssd300 { get; } = new()
    {
        Layers = [new(512, 256), new(256, 128), new(256, 128) { IsUnpadded = true }, new(256, 128) { IsUnpadded = true }],
    };

    /// <summary>The four layers of torchvision's SSDLite320: P6 to P9 behind a MobileNetV3's C5.</summary>
    public static SsdLayersSpec SsdLite320 { get; } = new()
    {
        Layers = [new(512, 256), new(256, 128), new(256, 128), new(128, 64)],
        FirstNumber = 0,
        IsSeparable = true,
        Normalization = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f),
        Activation = Activation.Relu6,
    };

    /// <summary>The layers, from fine to coarse; at least one.</summary>
    public required IReadOnlyList<SsdLayer> Layers { get; init; }

    /// <summary>The backbone's levels to take. Default null: all.</summary>
    public LevelRange? Levels { get; init; }

    /// <summary>Whether the 3x3 convolutions are depthwise, each followed by a 1x1 one. Default false.</summary>
    public bool IsSeparable { get; init; }

    /// <summary>The normalization behind each convolution. Default none.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>What follows each convolution. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>
    /// The first layer's number in parameter names. Default 1, because number 0 belongs to the last layers of SSD's VGG; torchvision's
    /// SSDLite begins with 0.
    /// </summary>
    public int FirstNumber { get; init; } = 1;
}
