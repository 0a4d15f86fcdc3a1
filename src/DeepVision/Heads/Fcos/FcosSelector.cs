using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using DeepVision.Detections;

namespace DeepVision.Heads;

/// <summary>
/// Picks FCOS's best candidates of one level: those whose sqrt(sigmoid(class) * sigmoid(center-ness)) is above the threshold, and
/// of these the highest. A place's center-ness says what a class logit must exceed there, so that logits are compared before any
/// exponential; only what passes is turned into a float32 score and compared again. NaN is never selected. Immutable and
/// thread-safe.
/// </summary>
internal sealed class FcosSelector(float threshold, int topK)
{
    // More than what rounding can add on the way from the class probability to the score.
    private const double Slack = 1.0 / (1 << 20);

    // Below it products of probabilities may be subnormal, where relative errors have no bound.
    private const double SmallestShare = 1e-30;

    /// <summary>Clears the list and fills it, highest score first, equal scores by ascending index (H, W, K).</summary>
    /// <param name="logits">One image's class logits, (K, H * W).</param>
    /// <param name="centerness">Its center-ness logits, (H * W).</param>
    /// <param name="classes">K.</param>
    /// <param name="candidates">Receives the candidates.</param>
    public void Select(ReadOnlySpan<float> logits, ReadOnlySpan<float> centerness, int classes, CandidateList candidates)
    {
        candidates.Clear();
        var collector = new CandidateCollector(candidates, threshold, topK);
        int places = centerness.Length;
        float[] rented = ArrayPool<float>.Shared.Rent(2 * places);
        Span<float> probabilities = rented.AsSpan(0, places);
        Span<float> bounds = rented.AsSpan(places, places);
        for (int place = 0; place < places; place++)
        {
            probabilities[place] = Logistic.Sigmoid(centerness[place]);
            bounds[place] = LogitBound(probabilities[place]);
        }

        for (int k = 0; k < classes; k++)
        {
            ReadOnlySpan<float> plane = logits.Slice(k * places, places);
            for (int place = FirstAbove(plane, bounds, 0); place < places; place = FirstAbove(plane, bounds, place + 1))
            {
                float score = MathF.Sqrt(Logistic.Sigmoid(plane[place]) * probabilities[place]);
                collector.Offer(score, (place * classes) + k);
            }
        }

        ArrayPool<float>.Shared.Return(rented);
        candidates.KeepBest(topK);
    }

    /// <summary>A class logit at or below which no score at a place is above the threshold.</summary>
    private float LogitBound(float centerness)
    {
        double share = (double)threshold * threshold / centerness * (1.0 - Slack);
        return Logistic.LogitBelow(share < SmallestShare ? 0f : (float)share);
    }

    /// <summary>The first place from a start whose logit exceeds its bound; the number of places where there is none.</summary>
    private static int FirstAbove(ReadOnlySpan<float> plane, ReadOnlySpan<float> bounds, int start)
    {
        ref float first = ref MemoryMarshal.GetReference(plane);
        ref float bound = ref MemoryMarshal.GetReference(bounds);
        int place = start;
        while (place <= plane.Length - Vector<float>.Count
            && !Vector.GreaterThanAny(Vector.LoadUnsafe(ref first, (nuint)place), Vector.LoadUnsafe(ref bound, (nuint)place)))
        {
            place += Vector<float>.Count;
        }

        while (place < plane.Length && !(plane[place] > bounds[place]))
        {
            place++;
        }

        return place;
    }
}
