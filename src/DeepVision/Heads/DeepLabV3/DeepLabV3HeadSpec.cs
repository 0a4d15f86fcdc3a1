using DeepVision.Blocks;
using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// DeepLabV3's head (Chen et al. 2017): atrous spatial pyramid pooling, a 3x3 convolution and a 1x1 to the classes. Gives <c>out</c>
/// (N, K, H, W), logits resized bilinearly to the image, and <c>aux</c>, from an FCN classifier over a finer map, where there is one.
/// </summary>
public sealed record DeepLabV3HeadSpec
{
    /// <summary>How many classes, the background included; at least 1. torchvision's models count VOC's 21.</summary>
    public required int Classes { get; init; }

    /// <summary>The map to read, like C5. Default null: the coarsest.</summary>
    public string? Feature { get; init; }

    /// <summary>
    /// The map of a second classifier, which helps in training, like C4. Default null: there is none. torchvision's weights have one.
    /// </summary>
    public string? AuxiliaryFeature { get; init; }

    /// <summary>The pooling, whose channels the 3x3 convolution behind it has as well. Default torchvision's.</summary>
    public AsppSpec Aspp { get; init; } = new();

    /// <summary>The normalization behind the 3x3 convolutions. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>The chance that a value before the second classifier's last layer is dropped in training, 0 to 1. Default 0.1.</summary>
    public float AuxiliaryDropout { get; init; } = 0.1f;
}
