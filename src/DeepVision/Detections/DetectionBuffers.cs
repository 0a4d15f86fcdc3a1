namespace DeepVision.Detections;

/// <summary>Memory of one decoding: candidates of the level at hand, and the boxes that wait for suppression.</summary>
internal sealed class DetectionBuffers
{
    private Box[] _boxes = [];
    private float[] _scores = [];
    private int[] _classes = [];

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
    /// <returns>The boxes kept, highest score first.</returns>
    public ScoredBox[] Suppress(NmsOptions options, int maxKept)
    {
        KeptBox[] kept = NonMaximumSuppression.Run(Boxes, Scores, Classes, options, maxKept);
        var found = new ScoredBox[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            found[i] = new ScoredBox(_boxes[kept[i].Index], _classes[kept[i].Index], kept[i].Score);
        }

        return found;
    }
}
