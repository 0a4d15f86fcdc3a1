using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// A fully convolutional classifier of every pixel (Long et al. 2015): a 3x3 convolution to a quarter of the channels and a 1x1 to the
/// classes. Gives <c>out</c> (N, K, H, W), logits resized bilinearly to the image, and <c>aux</c>, the same from a second classifier
/// over a finer map, where there is one.
/// </summary>
public sealed record FcnHeadSpec
{
    /// <summary>How many classes, the background included; at least 1. torchvision's models count VOC's 21.</summary>
    public required int Classes { get; init; }

    /// <summary>The map to read, like C5. Default null: the coarsest.</summary>
    public string? Feature { get; init; }

    /// <summary>
    /// The map of a second classifier, which helps in training, like C4. Default null: there is none. torchvision's weights have one.
    /// </summary>
    public string? AuxiliaryFeature { get; init; }

    /// <summary>The normalization behind the 3x3 convolutions. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>The chance that a value before the last layer is dropped in training, 0 to 1. Default 0.1.</summary>
    public float Dropout { get; init; } = 0.1f;
}
