using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// MobileNetV2 (Sandler et al. 2018) with torchvision's details: seventeen inverted residual blocks. Gives C2 to C5, the last block
/// on each stride; the official classifier reads a 1x1 convolution to 1280 channels behind C5, which other heads do without.
/// </summary>
public sealed record MobileNetV2Spec
{
    /// <summary>The name for messages and summaries. Default <c>MobileNetV2</c>.</summary>
    public string Name { get; init; } = "MobileNetV2";

    /// <summary>
    /// What all channels are multiplied by, rounded to multiples of 8; the 1280 before the classifier only grow. Default 1:
    /// 3,504,872 parameters with torchvision's classifier.
    /// </summary>
    public double Width { get; init; } = 1;

    /// <summary>What follows each normalization but a block's last. Default ReLU6.</summary>
    public Activation Activation { get; init; } = Activation.Relu6;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;
}
