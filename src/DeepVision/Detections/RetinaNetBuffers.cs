namespace DeepVision.Detections;

/// <summary>Memory of one decoding: candidates of the level at hand, and the decoded boxes of all levels so far.</summary>
internal sealed class RetinaNetBuffers
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
}
