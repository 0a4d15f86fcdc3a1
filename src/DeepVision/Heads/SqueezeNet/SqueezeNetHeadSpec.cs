namespace DeepVision.Heads;

/// <summary>
/// SqueezeNet's classifier: dropout, a 1x1 convolution to one channel for each class, ReLU, and global average pooling. It has no
/// fully connected layer. Gives <c>logits</c> (N, Classes), none of them below 0.
/// </summary>
public sealed record SqueezeNetHeadSpec
{
    /// <summary>How many classes; at least 1.</summary>
    public required int Classes { get; init; }

    /// <summary>The chance that a value of the map is dropped in training. Default 0.5.</summary>
    public float Dropout { get; init; } = 0.5f;
}
