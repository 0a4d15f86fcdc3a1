using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>Memory of one of SSD's decodings: a list of candidates for each class, and the boxes that they refer to.</summary>
internal sealed class SsdBuffers
{
    private readonly List<CandidateList> _lists = [];
    private CandidateCollector[] _collectors = [];
    private float[] _rows = [];
    private float[] _terms = [];

    /// <summary>Boxes of the anchors with at least one candidate, in torchvision's order; candidates are numbered by it.</summary>
    public List<Box> Boxes { get; } = [];

    public DetectionBuffers Found { get; } = new();

    /// <summary>Empties everything.</summary>
    /// <returns>One collector for each class but background, which has number 0.</returns>
    public CandidateCollector[] Begin(int classes, float threshold, int topK)
    {
        Boxes.Clear();
        Found.Clear();
        while (_lists.Count < classes)
        {
            _lists.Add(new CandidateList());
        }

        Array.Resize(ref _collectors, classes);
        for (int k = 1; k < classes; k++)
        {
            _lists[k].Clear();
            _collectors[k] = new CandidateCollector(_lists[k], threshold, topK);
        }

        return _collectors;
    }

    public CandidateList List(int classIndex) => _lists[classIndex];

    /// <summary>Scratch for rows, with anything in it.</summary>
    public Span<float> Rows(int length)
    {
        if (_rows.Length < length)
        {
            _rows = new float[length];
        }

        return _rows.AsSpan(0, length);
    }

    /// <summary>Scratch for the terms of one softmax, with anything in it.</summary>
    public Span<float> Terms(int classes)
    {
        if (_terms.Length < classes)
        {
            _terms = new float[classes];
        }

        return _terms.AsSpan(0, classes);
    }
}
