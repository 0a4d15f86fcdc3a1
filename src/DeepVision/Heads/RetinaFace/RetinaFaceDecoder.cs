using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns RetinaFace's raw outputs into boxes with landmarks: softmax over background and classes, the best candidates of all levels,
/// deltas on anchors that stand on the middle of each cell, suppression, the best <see cref="RetinaFaceDecoderOptions.MaxDetections"/>.
/// Equal scores are ordered by level, then place, then anchor. Thread-safe: memory comes from a pool.
/// </summary>
internal sealed class RetinaFaceDecoder
{
    /// <summary>Points of a face: the eyes, the nose, the corners of the mouth; those on the image's left side first.</summary>
    public const int LandmarkCount = 5;

    private readonly BufferPool<DetectionBuffers> _pool = new();
    private readonly Box[][] _baseAnchors;

    /// <summary>Creates a decoder.</summary>
    /// <param name="anchors">The anchors of each level.</param>
    /// <param name="lowestLevel">log2 of the first level's stride; each further level doubles it.</param>
    /// <param name="classes">K, the classes without the background; at least 1.</param>
    /// <param name="options">Thresholds; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RetinaFaceDecoder(AnchorSpec anchors, int lowestLevel, int classes, RetinaFaceDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentOutOfRangeException.ThrowIfNegative(lowestLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowestLevel, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Anchors = anchors;
        LowestLevel = lowestLevel;
        Classes = classes;
        Options = options ?? new RetinaFaceDecoderOptions();
        _baseAnchors = [.. anchors.Levels.Select(level => level.BaseAnchors())];
    }

    /// <summary>The anchors.</summary>
    public AnchorSpec Anchors { get; }

    /// <summary>log2 of the first level's stride.</summary>
    public int LowestLevel { get; }

    /// <summary>K, the classes without the background.</summary>
    public int Classes { get; }

    /// <summary>Thresholds and limits.</summary>
    public RetinaFaceDecoderOptions Options { get; }

    /// <summary>Decodes one image of a batch.</summary>
    /// <param name="image">The image in the network's input: what <see cref="RetinaFaceDecoderOptions.ClipToImage"/> cuts boxes to, never landmarks.</param>
    /// <param name="levels">The raw outputs, one for each level of <see cref="Anchors"/>, in the same order.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <returns>Boxes with landmarks, highest score first.</returns>
    /// <exception cref="ArgumentException">The number of levels or the shape of an output does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, the image begins before the tensor, or the index is outside the batch.</exception>
    public ScoredBox[] Decode(ContentArea image, IReadOnlyList<RetinaFaceLevel> levels, int index = 0) => Find(image, levels, index).ToArray();

    /// <summary>The same in fewer bytes.</summary>
    internal FoundBoxes Find(ContentArea image, IReadOnlyList<RetinaFaceLevel> levels, int index)
    {
        ArgumentNullException.ThrowIfNull(levels);
        image.ThrowIfEmpty(nameof(image));
        if (levels.Count != _baseAnchors.Length)
        {
            throw new ArgumentException($"There are anchors for {_baseAnchors.Length} levels; found outputs of {levels.Count}.", nameof(levels));
        }

        DetectionBuffers buffers = _pool.Rent();
        try
        {
            buffers.Clear();
            int[] starts = Select(levels, index, buffers.Candidates);
            buffers.Reserve(buffers.Candidates.Count);
            foreach (ulong key in buffers.Candidates.Keys)
            {
                RetinaFaceAnchor anchor = AnchorOf(key, starts, levels);
                ReadOnlySpan<float> deltas = levels[anchor.Level].Deltas.Item(index);
                var delta = new BoxDelta(deltas[anchor.At(4, 0)], deltas[anchor.At(4, 1)], deltas[anchor.At(4, 2)], deltas[anchor.At(4, 3)]);
                buffers.Add(Options.BoxCoder.Decode(anchor.Box, delta), ScoreOrder.Score(key), anchor.ClassIndex);
            }

            // Landmarks are read only for what remains.
            ReadOnlySpan<KeptBox> kept = buffers.Suppress(Options.Nms, Options.MaxDetections);
            var found = new FoundBoxes(kept.Length, LandmarkCount);
            for (int i = 0; i < kept.Length; i++)
            {
                int at = kept[i].Index;
                RetinaFaceAnchor anchor = AnchorOf(buffers.Candidates.Keys[at], starts, levels);
                Box box = Options.ClipToImage ? image.Clip(buffers.Boxes[at]) : buffers.Boxes[at];
                found.Set(i, box, buffers.Classes[at], kept[i].Score);
                WritePoints(anchor, levels[anchor.Level].Landmarks.Item(index), found.LandmarksOf(i));
            }

            return found;
        }
        finally
        {
            _pool.Return(buffers);
        }
    }

    /// <summary>Fills the list with the best of all levels; candidates are numbered through all levels, places, anchors and classes.</summary>
    /// <returns>Where each level's numbers begin.</returns>
    private int[] Select(IReadOnlyList<RetinaFaceLevel> levels, int index, CandidateList candidates)
    {
        candidates.Clear();
        var collector = new CandidateCollector(candidates, Options.ScoreThreshold, Options.TopK);
        var starts = new int[levels.Count];
        float[] row = new float[Classes + 1];
        int next = 0;
        for (int level = 0; level < levels.Count; level++)
        {
            int anchors = _baseAnchors[level].Length;
            SpatialSize map = LevelShapes.MapOf(levels[level].Logits, checked(anchors * (Classes + 1)), "class logits");
            LevelShapes.Require(levels[level].Deltas, levels[level].Logits.Shape.With(1, anchors * 4), "box deltas");
            LevelShapes.Require(levels[level].Landmarks, levels[level].Logits.Shape.With(1, anchors * 2 * LandmarkCount), "landmark deltas");
            starts[level] = next;
            ReadOnlySpan<float> logits = levels[level].Logits.Item(index);
            int places = (int)map.Area;
            for (int place = 0; place < places; place++)
            {
                for (int anchor = 0; anchor < anchors; anchor++)
                {
                    for (int k = 0; k <= Classes; k++)
                    {
                        row[k] = logits[(((anchor * (Classes + 1)) + k) * places) + place];
                    }

                    ChannelProbabilities.Softmax(row);
                    for (int k = 1; k <= Classes; k++)
                    {
                        collector.Offer(row[k], next++);
                    }
                }
            }
        }

        candidates.KeepBest(Options.TopK);
        return starts;
    }

    private RetinaFaceAnchor AnchorOf(ulong key, int[] starts, IReadOnlyList<RetinaFaceLevel> levels)
    {
        int number = ScoreOrder.Index(key);
        int level = starts.Length - 1;
        while (starts[level] > number)
        {
            level--;
        }

        (int anchor, int classIndex) = Math.DivRem(number - starts[level], Classes);
        (int place, int a) = Math.DivRem(anchor, _baseAnchors[level].Length);
        TensorShape shape = levels[level].Logits.Shape;
        (int y, int x) = Math.DivRem(place, shape.Width);
        float stride = 1 << (LowestLevel + level);
        Box box = _baseAnchors[level][a];
        float centerX = (x + 0.5f) * stride;
        float centerY = (y + 0.5f) * stride;
        return new RetinaFaceAnchor(
            level, place, a, shape.Height * shape.Width, classIndex, new Box(box.X1 + centerX, box.Y1 + centerY, box.X2 + centerX, box.Y2 + centerY));
    }

    private void WritePoints(RetinaFaceAnchor anchor, ReadOnlySpan<float> deltas, Span<Landmark> points)
    {
        float centerX = anchor.Box.X1 + (0.5f * anchor.Box.Width);
        float centerY = anchor.Box.Y1 + (0.5f * anchor.Box.Height);
        for (int i = 0; i < LandmarkCount; i++)
        {
            float dx = deltas[anchor.At(2 * LandmarkCount, 2 * i)];
            float dy = deltas[anchor.At(2 * LandmarkCount, (2 * i) + 1)];
            points[i] = new Landmark(
                centerX + (dx / Options.BoxCoder.WeightX * anchor.Box.Width), centerY + (dy / Options.BoxCoder.WeightY * anchor.Box.Height));
        }
    }
}
