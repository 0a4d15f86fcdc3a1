namespace DeepVision.Heads;

/// <summary>
/// VGG's classifier: pooling to 7 x 7, then three fully connected layers with ReLU and dropout between them. Gives
/// <c>logits</c> (N, Classes) and <c>embedding</c>, what the last layer reads.
/// </summary>
public sealed record VggHeadSpec
{
    /// <summary>How many classes; at least 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Length of the two hidden layers. Default 4096.</summary>
    public int HiddenFeatures { get; init; } = 4096;

    /// <summary>The chance that a hidden value is dropped in training. Default 0.5.</summary>
    public float Dropout { get; init; } = 0.5f;
}
