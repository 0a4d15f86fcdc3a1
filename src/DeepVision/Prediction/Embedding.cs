using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>The vector that a model makes of one image.</summary>
/// <param name="Values">The vector.</param>
/// <param name="Timings">Time spent on this image by stage.</param>
public sealed record Embedding(ReadOnlyMemory<float> Values, IReadOnlyList<StageTiming> Timings)
{
    /// <summary>The cosine of the angle to another vector: 1 for the same direction, 0 for unrelated ones; NaN for a zero vector.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public float CosineSimilarity(Embedding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ReadOnlySpan<float> left = Values.Span;
        ReadOnlySpan<float> right = other.Values.Span;
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"Expected a vector of {left.Length} values; found {right.Length}.", nameof(other));
        }

        double dot = 0;
        double leftSquare = 0;
        double rightSquare = 0;
        for (int i = 0; i < left.Length; i++)
        {
            dot += (double)left[i] * right[i];
            leftSquare += (double)left[i] * left[i];
            rightSquare += (double)right[i] * right[i];
        }

        return (float)(dot / Math.Sqrt(leftSquare * rightSquare));
    }

    internal Embedding After(StageTiming stage) => this with { Timings = [stage, .. Timings] };
}
