using System.Diagnostics;

namespace DeepVision.Detections;

/// <summary>
/// The candidates of one feature level. <see cref="CandidateSelector"/> fills it, or an engine that scans its own memory
/// does. Keeps its memory when cleared, so one list serves many images. Not thread-safe.
/// </summary>
public sealed class CandidateList
{
    private ulong[] _keys = [];

    /// <summary>The number of candidates.</summary>
    public int Count { get; private set; }

    /// <summary>One candidate; in the order of adding until <see cref="KeepBest"/> sorts them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not below <see cref="Count"/>.</exception>
    public Candidate this[int position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Count, nameof(position));
            ulong key = _keys[position];
            return new Candidate(ScoreOrder.Score(key), ScoreOrder.Index(key));
        }
    }

    /// <summary>Removes all candidates.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a candidate. Each index may be added once.</summary>
    /// <exception cref="ArgumentException">The score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public void Add(Candidate candidate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidate.Index, nameof(candidate));
        if (float.IsNaN(candidate.Score))
        {
            throw new ArgumentException($"The score of candidate {candidate.Index} is NaN; leave such candidates out.", nameof(candidate));
        }

        AddKey(ScoreOrder.Key(candidate.Score, candidate.Index));
    }

    /// <summary>
    /// Keeps the <paramref name="count"/> best and sorts them: highest score first, equal scores by ascending index.
    /// (torch.topk leaves the order of equal scores open.)
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public void KeepBest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Trim(count);
        _keys.AsSpan(0, Count).Sort();
    }

    internal ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, Count);

    internal void AddKey(ulong key)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(256, 2 * Count));
        }

        _keys[Count++] = key;
    }

    /// <summary>Keeps the best without sorting them.</summary>
    internal void Trim(int count)
    {
        if (count < Count)
        {
            ScoreOrder.SelectSmallest(_keys.AsSpan(0, Count), count);
            Count = count;
        }
    }

    /// <summary>The key of the worst candidate.</summary>
    internal ulong WorstKey()
    {
        Debug.Assert(Count > 0, "An empty list has no worst candidate.");
        ulong worst = 0;
        foreach (ulong key in Keys)
        {
            worst = Math.Max(worst, key);
        }

        return worst;
    }
}
