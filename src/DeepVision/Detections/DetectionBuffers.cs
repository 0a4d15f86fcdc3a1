using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>Memory of one decoding: candidates of the level at hand, and the boxes that wait for suppression.</summary>
internal sealed class DetectionBuffers
{
    private Box[] _boxes = [];
    private float[] _scores = [];
    private int[] _classes = [];
    private KeptBox[] _kept = [];

    public CandidateList Candidates { get; } = new();

    public int Count { get; private set; }

    public ReadOnlySpan<Box> Boxes => _boxes.AsSpan(0, Count);

    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    public ReadOnlySpan<int> Classes => _classes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Reserve(int more)
    {
        int needed = checked(Count + more);
        if (needed > _boxes.Length)
        {
            int length = Math.Max(needed, 2 * Count);
            Array.Resize(ref _boxes, length);
            Array.Resize(ref _scores, length);
            Array.Resize(ref _classes, length);
        }
    }

    public void Add(Box box, float score, int classIndex)
    {
        _boxes[Count] = box;
        _scores[Count] = score;
        _classes[Count++] = classIndex;
    }

    /// <summary>Thins out the boxes so far.</summary>
    /// <returns>The boxes kept, highest score first; valid until the next suppression.</returns>
    public ReadOnlySpan<KeptBox> Suppress(NmsOptions options, int maxKept)
    {
        int most = Math.Min(maxKept, Count);
        if (_kept.Length < most)
        {
            _kept = new KeptBox[Math.Max(most, Math.Min(maxKept, 2 * _kept.Length))];
        }

        return _kept.AsSpan(0, NonMaximumSuppression.Run(Boxes, Scores, Classes, _kept.AsSpan(0, most), options));
    }

    /// <summary>Thins out the boxes so far.</summary>
    /// <param name="options">How.</param>
    /// <param name="maxKept">The most boxes to keep.</param>
    /// <param name="image">What the boxes are clipped to afterwards, since overlaps are those of whole boxes; null to leave them as they are.</param>
    /// <returns>The boxes kept in memory of their own, highest score first.</returns>
    public FoundBoxes Find(NmsOptions options, int maxKept, ContentArea? image = null)
    {
        ReadOnlySpan<KeptBox> kept = Suppress(options, maxKept);
        var found = new FoundBoxes(kept.Length);
        for (int i = 0; i < kept.Length; i++)
        {
            int at = kept[i].Index;
            found.Set(i, image is { } area ? area.Clip(_boxes[at]) : _boxes[at], _classes[at], kept[i].Score);
        }

        return found;
    }
}
