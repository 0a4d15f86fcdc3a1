namespace DeepVision.Metrics;

/// <summary>
/// How often the true class is among the k highest scores. Of equal scores the lower class index ranks first. Not
/// thread-safe.
/// </summary>
public sealed class TopKAccuracy
{
    private readonly long[] _ranks;

    /// <param name="classCount">The number of scores of each sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public TopKAccuracy(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        _ranks = new long[classCount];
    }

    /// <summary>The number of scores of each sample.</summary>
    public int ClassCount => _ranks.Length;

    /// <summary>The number of samples added.</summary>
    public long Count { get; private set; }

    /// <summary>The share of samples whose highest score is the true class's, 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double Top1 => Accuracy(1);

    /// <summary>The share of samples whose true class is among the five highest scores, 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double Top5 => Accuracy(5);

    /// <summary>1 less <see cref="Top1"/>.</summary>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double Top1Error => Error(1);

    /// <summary>1 less <see cref="Top5"/>.</summary>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double Top5Error => Error(5);

    /// <summary>Adds one sample.</summary>
    /// <param name="scores">Logits or probabilities, one a class; infinities are allowed, NaN is not.</param>
    /// <param name="label">The true class.</param>
    /// <exception cref="ArgumentException">The number of scores is wrong, or one is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not a class.</exception>
    public void Add(ReadOnlySpan<float> scores, int label)
    {
        if (scores.Length != ClassCount)
        {
            throw new ArgumentException($"Expected {ClassCount} scores; found {scores.Length}.", nameof(scores));
        }

        if ((uint)label >= (uint)ClassCount)
        {
            throw new ArgumentOutOfRangeException(nameof(label), label, $"The label must be from 0 to {ClassCount - 1}.");
        }

        int rank = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
            {
                throw new ArgumentException($"The score of class {i} is NaN.", nameof(scores));
            }

            rank += scores[i] > scores[label] || (scores[i] == scores[label] && i < label) ? 1 : 0;
        }

        _ranks[rank]++;
        Count++;
    }

    /// <summary>The number of samples whose true class is among the <paramref name="k"/> highest scores.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public long Correct(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        long correct = 0;
        foreach (long count in _ranks.AsSpan(0, Math.Min(k, _ranks.Length)))
        {
            correct += count;
        }

        return correct;
    }

    /// <summary>The share of samples whose true class is among the <paramref name="k"/> highest scores, 0 to 1; 1 where k reaches the number of classes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double Accuracy(int k) => Count > 0
        ? (double)Correct(k) / Count
        : throw new InvalidOperationException("Accuracy needs at least one sample; none was added.");

    /// <summary>1 less <see cref="Accuracy"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double Error(int k) => 1.0 - Accuracy(k);
}
