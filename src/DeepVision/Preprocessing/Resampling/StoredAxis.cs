namespace DeepVision.Preprocessing.Resampling;

/// <summary>One axis of a source of which only means of neighboring positions are stored.</summary>
/// <param name="Factor">Positions for each mean; 1 where all are stored.</param>
/// <param name="Before">Positions that the first mean has before the source begins.</param>
/// <param name="Length">Stored means.</param>
internal readonly record struct StoredAxis(int Factor, int Before, int Length)
{
    /// <summary>An axis of which every position is stored.</summary>
    public static StoredAxis Whole(int length) => new(1, 0, length);

    /// <summary>The most stored positions that so many of the source are carried over to.</summary>
    public int MostFor(int count) => Factor == 1 ? count : Math.Min((count / Factor) + 4, Length);

    /// <summary>
    /// Weights of the stored means that give the same sum as weights of the source, where the source is taken to be a slope within
    /// each mean: from its neighbors', and with the right mean. A filter that took the means for samples would blur more than the
    /// one it stands for.
    /// </summary>
    /// <param name="start">The first position weighted.</param>
    /// <param name="weights">The weights of it and those behind it.</param>
    /// <param name="carried">Gets the weights of the means; at least <see cref="MostFor"/>.</param>
    /// <returns>The first mean weighted and how many are.</returns>
    public (int Start, int Count) CarryOver(int start, ReadOnlySpan<double> weights, Span<double> carried)
    {
        int first = Math.Max(((start + Before) / Factor) - 1, 0);
        int last = Math.Min(((start + weights.Length - 1 + Before) / Factor) + 1, Length - 1);
        carried = carried[..(last - first + 1)];
        carried.Clear();
        for (int k = 0; k < weights.Length; k++)
        {
            (int mean, int place) = Math.DivRem(start + k + Before, Factor);
            double half = (((place + 0.5) / Factor) - 0.5) / 2;
            carried[mean - first] += weights[k];
            carried[Math.Min(mean + 1, Length - 1) - first] += half * weights[k];
            carried[Math.Max(mean - 1, 0) - first] -= half * weights[k];
        }

        return (first, carried.Length);
    }
}
