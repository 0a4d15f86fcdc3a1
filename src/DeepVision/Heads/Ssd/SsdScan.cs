using System.Numerics;
using System.Runtime.InteropServices;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// One pass over an image's class logits. Most default boxes are background and give nothing: a class's share of the softmax is at
/// most exp(logit - largest logit), so only where an object's logit comes near the largest is a softmax computed. The sum is
/// taken in float64, since the order of torch's float32 sum depends on the machine.
/// </summary>
internal readonly struct SsdScan
{
    // More than what rounding can add on the way from the difference of two logits to a score.
    private const double Slack = 1e-5;

    private readonly SsdBuffers _buffers;
    private readonly CandidateCollector[] _collectors;
    private readonly ContentArea _image;
    private readonly BoxCoder _coder;
    private readonly float _nearest;
    private readonly float _threshold;
    private readonly int _classes;

    public SsdScan(SsdBuffers buffers, int classes, SsdDecoderOptions options, ContentArea image)
    {
        _buffers = buffers;
        _collectors = buffers.Begin(classes, options.ScoreThreshold, options.TopKPerClass);
        _image = image;
        _coder = options.BoxCoder;
        _nearest = (float)(Math.Log(options.ScoreThreshold) - Slack);
        _threshold = options.ScoreThreshold;
        _classes = classes;
    }

    /// <summary>Adds the next map.</summary>
    /// <param name="logits">(A * K, H * W).</param>
    /// <param name="deltas">(A * 4, H * W).</param>
    /// <param name="grid">The default boxes.</param>
    /// <param name="anchors">A.</param>
    /// <param name="map">H and W.</param>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<float> deltas, DefaultBoxGrid grid, int anchors, SpatialSize map)
    {
        int places = (int)map.Area;
        int count = anchors * places;
        Span<float> rows = _buffers.Rows(checked(2 * count));
        Span<float> largest = rows[..count];
        Span<float> objects = rows[count..];
        for (int a = 0; a < anchors; a++)
        {
            Maxima(
                logits.Slice(a * _classes * places, _classes * places), largest.Slice(a * places, places), objects.Slice(a * places, places));
        }

        for (int place = 0; place < places; place++)
        {
            for (int a = 0; a < anchors; a++)
            {
                // False for NaN, which leaves the whole softmax NaN.
                float top = largest[(a * places) + place];
                if (objects[(a * places) + place] - top > _nearest
                    && Offer(logits[(a * _classes * places)..], place, places, top))
                {
                    (int y, int x) = Math.DivRem(place, map.Width);
                    int at = (4 * a * places) + place;
                    var delta = new BoxDelta(deltas[at], deltas[at + places], deltas[at + (2 * places)], deltas[at + (3 * places)]);
                    _buffers.Boxes.Add(_image.Clip(_coder.Decode(grid.At(y, x, a), delta)));
                }
            }
        }
    }

    /// <summary>Computes one softmax and offers its scores; true where at least one is above the threshold.</summary>
    private bool Offer(ReadOnlySpan<float> logits, int place, int places, float largest)
    {
        Span<float> terms = _buffers.Terms(_classes);
        double sum = 0;
        for (int k = 0; k < terms.Length; k++)
        {
            terms[k] = Logistic.Exp(logits[(k * places) + place] - largest);
            sum += terms[k];
        }

        float divisor = (float)sum;
        bool any = false;
        for (int k = 1; k < terms.Length; k++)
        {
            float score = terms[k] / divisor;
            if (score > _threshold)
            {
                _collectors[k].Offer(score, _buffers.Boxes.Count);
                any = true;
            }
        }

        return any;
    }

    /// <summary>For each place the largest logit of all classes, and of all but background.</summary>
    private static void Maxima(ReadOnlySpan<float> logits, Span<float> largest, Span<float> objects)
    {
        int places = largest.Length;
        logits.Slice(places, places).CopyTo(objects);
        for (int start = 2 * places; start < logits.Length; start += places)
        {
            Raise(objects, logits.Slice(start, places));
        }

        objects.CopyTo(largest);
        Raise(largest, logits[..places]);
    }

    private static void Raise(Span<float> values, ReadOnlySpan<float> others)
    {
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(values);
        ReadOnlySpan<Vector<float>> wideOthers = MemoryMarshal.Cast<float, Vector<float>>(others);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector.Max(wide[i], wideOthers[i]);
        }

        for (int i = wide.Length * Vector<float>.Count; i < values.Length; i++)
        {
            values[i] = MathF.Max(values[i], others[i]);
        }
    }
}
