using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// MobileNetV1 (Howard et al. 2017): a 3x3 convolution and thirteen depthwise-separable ones, five of them with a stride. Gives C2
/// to C5. Blocks and parameter names are those of the PyTorch RetinaFace's body: <c>stage1</c> ends with C3, <c>stage2</c> with
/// C4, <c>stage3</c> with C5.
/// </summary>
public sealed record MobileNetV1Spec
{
    /// <summary>The name for messages and summaries. Default <c>MobileNetV1</c>.</summary>
    public string Name { get; init; } = "MobileNetV1";

    /// <summary>What all channels are multiplied by: 1, 0.75, 0.5 and 0.25 are usual. Channels are cut to whole ones, at least 8. Default 1.</summary>
    public double Width { get; init; } = 1;

    /// <summary>What follows each normalization. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>A quarter of the width, with leaky ReLUs of slope 0.1: the body of the first published RetinaFace. 213,072 parameters.</summary>
    public static MobileNetV1Spec RetinaFace { get; } = new()
    {
        Name = "MobileNetV1 x0.25",
        Width = 0.25,
        Activation = Activation.LeakyRelu(0.1f),
    };

    /// <summary>A quarter of the width, with ReLUs: the body of the light RetinaFace. 213,072 parameters under the same names.</summary>
    public static MobileNetV1Spec LightRetinaFace { get; } = RetinaFace with { Activation = Activation.Relu };
}
