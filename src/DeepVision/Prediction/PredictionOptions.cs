using DeepVision.Preprocessing;

namespace DeepVision.Prediction;

/// <summary>How images are predicted. The defaults give each image the result that it has alone.</summary>
public sealed record PredictionOptions
{
    /// <summary>How many classes a classification lists; at least 1. Default 5.</summary>
    public int Top { get; init; } = 5;

    /// <summary>Detections of a lower score are left out. Default 0: the decoder's own threshold decides.</summary>
    public float MinScore { get; init; }

    /// <summary>The most images that run together; at least 1. Default 8.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>How images of different sizes are padded. Default each as if it were alone.</summary>
    public BatchPadding Padding { get; init; } = BatchPadding.ByShape;

    /// <summary>
    /// Whether segmentations keep the logits that <see cref="Segmentation.Scores"/> reads: a float for each class and pixel of the
    /// prepared image. Default false.
    /// </summary>
    public bool KeepScores { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatch, 1);
        if (MinScore is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MinScore), MinScore, "A score lies in 0 to 1.");
        }
    }
}
