using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepVision.Detections;

/// <summary>
/// Picks the best candidates of one feature level straight from its logits: those whose sigmoid is above the threshold,
/// and of these the highest <see cref="TopK"/>. Logits are compared before any exponential; only what passes is turned
/// into a float32 score and compared again, so the selection is the one that computing every sigmoid would give. NaN
/// logits are never selected, positive infinity scores 1. Immutable and thread-safe.
/// </summary>
public sealed class CandidateSelector
{
    // Elements looked at together: four 256-bit vectors (two 128-bit registers each where there is nothing wider).
    private const int Block = 32;

    private readonly float _threshold;
    private readonly float _logitBound;

    /// <summary>Creates a selector.</summary>
    /// <param name="scoreThreshold">Scores must be above it, 0 to 1.</param>
    /// <param name="topK">The most candidates of a level, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CandidateSelector(float scoreThreshold, int topK)
    {
        if (!(scoreThreshold is >= 0f and <= 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(scoreThreshold), scoreThreshold, "A score threshold lies between 0 and 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(topK, 1);
        _threshold = scoreThreshold;
        _logitBound = Logistic.LogitBelow(scoreThreshold);
        TopK = topK;
    }

    /// <summary>The most candidates that one level gives.</summary>
    public int TopK { get; }

    /// <summary>
    /// A logit at or below which none is selected; some above it may not be either. The logits above it are what an engine
    /// has to look at.
    /// </summary>
    public float LogitBound => _logitBound;

    /// <summary>
    /// A logit at or below which none scores as much as a given one: where that is the <see cref="TopK"/>-th largest of a level,
    /// nothing at or below the bound is selected. Several logits can share one score, so it lies below the given one.
    /// </summary>
    public static float BoundBelow(float logit) => Logistic.LogitBelow(Logistic.Sigmoid(logit));

    /// <summary>
    /// Clears <paramref name="candidates"/> and fills it from one level, highest score first, equal scores by ascending
    /// index.
    /// </summary>
    /// <param name="logits">One image's class logits, (A * K, H, W).</param>
    /// <param name="layout">A, K, H and W.</param>
    /// <param name="candidates">Receives the candidates.</param>
    /// <exception cref="ArgumentException">The number of logits is not the layout's.</exception>
    public void Select(ReadOnlySpan<float> logits, LevelLayout layout, CandidateList candidates)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(candidates);
        layout.ThrowIfNotLogits(logits.Length, nameof(logits));

        candidates.Clear();
        var scan = new Scan(this, layout, candidates);
        Run(logits, ref scan);
        candidates.KeepBest(TopK);
    }

    /// <summary>The same from elements that an engine picked.</summary>
    internal void Select(LevelCandidates picked, LevelLayout layout, CandidateList candidates)
    {
        candidates.Clear();
        var scan = new Scan(this, layout, candidates);
        for (int i = 0; i < picked.Offsets.Count; i++)
        {
            int offset = picked.Offsets[i];
            if (offset < 0 || offset >= layout.LogitCount)
            {
                throw new ArgumentException($"A level of {layout.LogitCount} logits has no element {offset}.", nameof(picked));
            }

            if (picked.Logits[i] > scan.Bound)
            {
                scan.Offer(picked.Logits[i], offset);
            }
        }

        candidates.KeepBest(TopK);
    }

    private static void Run(ReadOnlySpan<float> logits, ref Scan scan)
    {
        ref float first = ref MemoryMarshal.GetReference(logits);
        int i = 0;
        for (; i <= logits.Length - Block; i += Block)
        {
            Vector256<float> bound = Vector256.Create(scan.Bound);
            Vector256<float> above0 = Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), bound);
            Vector256<float> above1 = Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i + 8), bound);
            Vector256<float> above2 = Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i + 16), bound);
            Vector256<float> above3 = Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i + 24), bound);
            if (((above0 | above1) | (above2 | above3)).AsUInt32() == Vector256<uint>.Zero)
            {
                continue;
            }

            uint hits = above0.ExtractMostSignificantBits()
                | (above1.ExtractMostSignificantBits() << 8)
                | (above2.ExtractMostSignificantBits() << 16)
                | (above3.ExtractMostSignificantBits() << 24);
            for (; hits != 0; hits &= hits - 1)
            {
                int offset = i + BitOperations.TrailingZeroCount(hits);
                scan.Offer(logits[offset], offset);
            }
        }

        for (; i < logits.Length; i++)
        {
            if (logits[i] > scan.Bound)
            {
                scan.Offer(logits[i], i);
            }
        }
    }

    /// <summary>The state of one pass.</summary>
    private struct Scan(CandidateSelector selector, LevelLayout layout, CandidateList candidates)
    {
        private readonly int _places = (int)layout.Map.Area;
        private readonly int _channels = layout.AnchorsPerLocation * layout.Classes;
        private CandidateCollector _collector = new(candidates, selector._threshold, selector.TopK);

        /// <summary>No logit at or below it can be selected any more.</summary>
        public float Bound { get; private set; } = selector._logitBound;

        public void Offer(float logit, int offset)
        {
            // Offset in (A * K, H * W) -> index in (H * W, A * K).
            (int channel, int place) = Math.DivRem(offset, _places);
            if (_collector.Offer(Logistic.Sigmoid(logit), (place * _channels) + channel))
            {
                Bound = Math.Max(Bound, Logistic.LogitBelow(_collector.Bar));
            }
        }
    }
}
