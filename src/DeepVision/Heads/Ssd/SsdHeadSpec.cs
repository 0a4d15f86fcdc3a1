using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// SSD's head (Liu et al. 2016): for each map, parameters of its own for classes and for boxes; or SSDLite's (Sandler et al. 2018),
/// with a depthwise convolution before each. Gives for each map, by its name, <c>cls_logits.P3</c> (N, A * K, H, W) and
/// <c>bbox_regression.P3</c> (N, A * 4, H, W), where A is the number of default boxes at a pixel and class 0 is background.
/// </summary>
public sealed record SsdHeadSpec
{
    /// <summary>torchvision's SSDLite320: separable, with batch norm of epsilon 0.001 and momentum 0.03, for maps on C4's stride and five more.</summary>
    /// <param name="classes">How many classes, background included; at least 2.</param>
    public static SsdHeadSpec SsdLite320(int classes) => new()
    {
        Classes = classes,
        Boxes = DefaultBoxSpec.SsdLite320,
        IsSeparable = true,
        Normalization = Normalization.BatchNormWith(epsilon: 1e-3f, momentum: 0.03f),
        InputSize = ImageSize.Square(320),
        Decoding = SsdDecoderOptions.SsdLite320,
    };

    /// <summary>How many classes, background included; at least 2. torchvision's COCO models count 91.</summary>
    public required int Classes { get; init; }

    /// <summary>The default boxes, one entry a map. Default those of SSD300, for six maps.</summary>
    public DefaultBoxSpec Boxes { get; init; } = DefaultBoxSpec.Ssd300;

    /// <summary>
    /// Whether a depthwise 3x3 convolution, the normalization and ReLU6 stand before a 1x1 convolution, as in SSDLite. Default false: a
    /// 3x3 convolution alone.
    /// </summary>
    public bool IsSeparable { get; init; }

    /// <summary>The normalization behind the depthwise convolutions. Default batch norm; unused where the head is not separable.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>The one size that images are resized to where the model is given no preprocessing. Default 300 x 300.</summary>
    public ImageSize InputSize { get; init; } = ImageSize.Square(300);

    /// <summary>Thresholds and limits of the decoding. Default those of torchvision's SSD300.</summary>
    public SsdDecoderOptions Decoding { get; init; } = new();
}
