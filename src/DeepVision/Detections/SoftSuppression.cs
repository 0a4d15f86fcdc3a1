using System.Numerics;
using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// Soft suppression: the best remaining box is taken, the scores of those that overlap it fall, and again. Boxes stay in
/// input order, so that the first of several equal scores is the lowest index; those taken or fallen below the limit are
/// marked and swept out when half are.
/// </summary>
internal static class SoftSuppression
{
    // Scores of boxes that are out; every score that may still be taken is at least 0.
    private const float Out = -1f;

    public static int Run(
        ReadOnlySpan<Box> boxes,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<int> classes,
        NmsOptions options,
        in SuppressionArrays arrays,
        Span<KeptBox> kept)
    {
        bool perClass = options.Scope == NmsScope.PerClass;
        int length = Fill(boxes, scores, classes, options.MinScore, perClass, arrays);
        var decay = new Decay(options);
        int live = length;
        int count = 0;
        while (count < kept.Length)
        {
            int best = IndexOfMax(arrays.Scores[..length]);
            if (best < 0)
            {
                break;
            }

            kept[count++] = new KeptBox(arrays.First[best], arrays.Scores[best]);
            arrays.Scores[best] = Out;
            live -= 1 + decay.Apply(arrays, best, length);
            if (live < length / 2)
            {
                length = Sweep(arrays, length);
            }
        }

        return count;
    }

    private static int Fill(
        ReadOnlySpan<Box> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<int> classes, float minScore, bool perClass, in SuppressionArrays arrays)
    {
        int length = 0;
        for (int i = 0; i < boxes.Length; i++)
        {
            if (scores[i] >= minScore)
            {
                arrays.Set(length, boxes[i], OverlapTest.Area(boxes[i]));
                arrays.Scores[length] = scores[i];
                arrays.First[length] = i;
                arrays.Second[length++] = perClass ? classes[i] : 0;
            }
        }

        return length;
    }

    /// <summary>The first position of the largest score, -1 where all are out.</summary>
    private static int IndexOfMax(ReadOnlySpan<float> scores)
    {
        float max = Out;
        int i = 0;
        if (scores.Length >= Vector<float>.Count)
        {
            var largest = new Vector<float>(Out);
            for (; i <= scores.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                largest = Vector.Max(largest, new Vector<float>(scores[i..]));
            }

            for (int lane = 0; lane < Vector<float>.Count; lane++)
            {
                max = MathF.Max(max, largest[lane]);
            }
        }

        for (; i < scores.Length; i++)
        {
            max = MathF.Max(max, scores[i]);
        }

        return max >= 0f ? scores.IndexOf(max) : -1;
    }

    private static int Sweep(in SuppressionArrays arrays, int length)
    {
        int to = 0;
        for (int i = 0; i < length; i++)
        {
            if (arrays.Scores[i] >= 0f)
            {
                arrays.Set(to, new Box(arrays.X1[i], arrays.Y1[i], arrays.X2[i], arrays.Y2[i]), arrays.Areas[i]);
                arrays.Scores[to] = arrays.Scores[i];
                arrays.First[to] = arrays.First[i];
                arrays.Second[to++] = arrays.Second[i];
            }
        }

        return to;
    }

    private readonly struct Decay(NmsOptions options)
    {
        private readonly bool _gaussian = options.Method == NmsMethod.SoftGaussian;
        private readonly float _threshold = options.Method == NmsMethod.SoftGaussian ? 0f : OverlapTest.RoundDown(options.IouThreshold);
        private readonly float _sigma = options.Sigma;
        private readonly float _minScore = options.MinScore;

        /// <summary>Lowers the scores of boxes that overlap the one at <paramref name="best"/>; returns how many went out.</summary>
        public int Apply(in SuppressionArrays arrays, int best, int length)
        {
            ReadOnlySpan<float> x1 = arrays.X1[..length];
            ReadOnlySpan<float> y1 = arrays.Y1[..length];
            ReadOnlySpan<float> x2 = arrays.X2[..length];
            ReadOnlySpan<float> y2 = arrays.Y2[..length];
            ReadOnlySpan<float> areas = arrays.Areas[..length];
            Span<float> scores = arrays.Scores[..length];
            ReadOnlySpan<int> classes = arrays.Second[..length];
            var test = new OverlapTest(new Box(x1[best], y1[best], x2[best], y2[best]));
            int group = classes[best];
            int dropped = 0;
            int i = 0;
            for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> iou = test.VectorAt(x1, y1, x2, y2, areas, i);
                Vector<int> hits = Vector.GreaterThan(iou, new Vector<float>(_threshold))
                    & Vector.Equals(new Vector<int>(classes[i..]), new Vector<int>(group));
                if (hits == Vector<int>.Zero)
                {
                    continue;
                }

                for (int lane = 0; lane < Vector<float>.Count; lane++)
                {
                    dropped += Lower(ref scores[i + lane], iou[lane], hits[lane] != 0);
                }
            }

            for (; i < length; i++)
            {
                float iou = test.At(x1, y1, x2, y2, areas, i);
                dropped += Lower(ref scores[i], iou, iou > _threshold && classes[i] == group);
            }

            return dropped;
        }

        private int Lower(ref float score, float iou, bool hit)
        {
            if (!hit || score < 0f)
            {
                return 0;
            }

            // Rounding can lift the IoU of nearly equal boxes a little above 1.
            score *= _gaussian ? Logistic.Exp(-(iou * iou) / _sigma) : MathF.Max(0f, 1f - iou);
            if (score >= _minScore)
            {
                return 0;
            }

            score = Out;
            return 1;
        }
    }
}
