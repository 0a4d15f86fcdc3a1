using System.Collections;
using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>
/// Decoded boxes as a caller reads them: labeled, in the source image's pixels. Each is made when it is first read and kept, so that
/// those nobody looks at cost a few bytes. Thread-safe.
/// </summary>
internal sealed class DetectionList : IReadOnlyList<Detection>
{
    private readonly DetectionTask _task;
    private readonly IReadOnlyList<ScoredBox> _boxes;
    private readonly PreparedGeometry _geometry;
    private Detection?[]? _made;

    /// <param name="task">Labels, and how boxes are mapped.</param>
    /// <param name="decoded">What the task decoded.</param>
    /// <param name="minScore">Boxes of a lower score are left out.</param>
    /// <param name="geometry">How the image was prepared.</param>
    internal DetectionList(DetectionTask task, IReadOnlyList<ScoredBox> decoded, float minScore, PreparedGeometry geometry)
    {
        _task = task;
        _boxes = decoded is FoundBoxes found ? found.Above(minScore) : [.. decoded.Where(box => box.Score >= minScore)];
        _geometry = geometry;
    }

    public int Count => _boxes.Count;

    public Detection this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));

            // Whoever comes first decides: every reader sees the same objects.
            Detection?[] made = _made ?? Interlocked.CompareExchange(ref _made, new Detection?[Count], null) ?? _made;
            return made[index] ?? Interlocked.CompareExchange(ref made[index], Make(index), null) ?? made[index]!;
        }
    }

    public IEnumerator<Detection> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Detection Make(int index)
    {
        ScoredBox box = _boxes[index];

        // An array of its own, here or there: the points are mapped in place.
        Landmark[]? points = _boxes is FoundBoxes ? (Landmark[]?)box.Landmarks : box.Landmarks?.ToArray();
        foreach (ref Landmark point in points.AsSpan())
        {
            point = _geometry.ToSource(point);
        }

        return new Detection(_task.ToSource(box.Box, _geometry), box.ClassIndex, _task.Labels[box.ClassIndex], box.Score) { Landmarks = points };
    }
}
