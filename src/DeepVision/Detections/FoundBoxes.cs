using System.Collections;
using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// The boxes that a decoder found, in few and tight arrays: 24 bytes for each, and 8 for each landmark. It is filled once, by the
/// decoder.
/// </summary>
/// <param name="count">How many boxes.</param>
/// <param name="landmarks">How many landmarks each of them has; 0 for none.</param>
internal sealed class FoundBoxes(int count, int landmarks = 0) : IReadOnlyList<ScoredBox>
{
    private readonly Found[] _boxes = count == 0 ? [] : new Found[count];
    private readonly Landmark[] _landmarks = count * landmarks == 0 ? [] : new Landmark[checked(count * landmarks)];

    public int Count => count;

    /// <summary>One box; its landmarks are an array of its own.</summary>
    public ScoredBox this[int index] => new(_boxes[index].Box, _boxes[index].ClassIndex, _boxes[index].Score)
    {
        Landmarks = landmarks == 0 ? null : LandmarksOf(index).ToArray(),
    };

    /// <summary>The points of one box.</summary>
    public Span<Landmark> LandmarksOf(int index) => _landmarks.AsSpan(index * landmarks, landmarks);

    public void Set(int index, Box box, int classIndex, float score) => _boxes[index] = new Found(box, classIndex, score);

    /// <summary>Those of at least a score, in the same order; this object where that is all of them.</summary>
    public FoundBoxes Above(float minScore)
    {
        int kept = 0;
        foreach (ref readonly Found box in _boxes.AsSpan())
        {
            kept += box.Score >= minScore ? 1 : 0;
        }

        if (kept == count)
        {
            return this;
        }

        var above = new FoundBoxes(kept, landmarks);
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            if (_boxes[i].Score >= minScore)
            {
                LandmarksOf(i).CopyTo(above.LandmarksOf(at));
                above._boxes[at++] = _boxes[i];
            }
        }

        return above;
    }

    /// <summary>The boxes as decoders give them to their callers.</summary>
    public ScoredBox[] ToArray()
    {
        var boxes = new ScoredBox[count];
        for (int i = 0; i < boxes.Length; i++)
        {
            boxes[i] = this[i];
        }

        return boxes;
    }

    public IEnumerator<ScoredBox> GetEnumerator()
    {
        for (int i = 0; i < count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private readonly record struct Found(Box Box, int ClassIndex, float Score);
}
