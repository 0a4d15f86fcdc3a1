using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns YOLOX's raw outputs into boxes: each cell of each level gives one, of its likeliest class, with the score
/// sigmoid(objectness) * sigmoid(class). The middle lies (x, y) strides from the cell's corner, sides are exponentials in strides.
/// Then suppression and the best <see cref="YoloxDecoderOptions.MaxDetections"/>. Equal scores are ordered by level, then place.
/// Thread-safe: memory comes from a pool.
/// </summary>
internal sealed class YoloxDecoder
{
    private readonly BufferPool<DetectionBuffers> _pool = new();

    /// <summary>Creates a decoder.</summary>
    /// <param name="lowestLevel">log2 of the first level's stride; each further level doubles it.</param>
    /// <param name="levelCount">How many levels; at least 1.</param>
    /// <param name="classes">K, at least 1.</param>
    /// <param name="options">Thresholds; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public YoloxDecoder(int lowestLevel, int levelCount, int classes, YoloxDecoderOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowestLevel);
        ArgumentOutOfRangeException.ThrowIfLessThan(levelCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowestLevel + levelCount, 17, nameof(levelCount));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        LowestLevel = lowestLevel;
        LevelCount = levelCount;
        Classes = classes;
        Options = options ?? new YoloxDecoderOptions();
    }

    /// <summary>log2 of the first level's stride.</summary>
    public int LowestLevel { get; }

    /// <summary>How many levels.</summary>
    public int LevelCount { get; }

    /// <summary>K, the classes that the head scores.</summary>
    public int Classes { get; }

    /// <summary>Thresholds and limits.</summary>
    public YoloxDecoderOptions Options { get; }

    /// <summary>Decodes one image of a batch.</summary>
    /// <param name="image">The image in the network's input: what <see cref="YoloxDecoderOptions.ClipToImage"/> cuts to.</param>
    /// <param name="levels">The raw outputs, from fine to coarse.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <returns>Boxes, highest score first.</returns>
    /// <exception cref="ArgumentException">The number of levels or the shape of an output does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, the image begins before the tensor, or the index is outside the batch.</exception>
    public ScoredBox[] Decode(ContentArea image, IReadOnlyList<CellLevel> levels, int index = 0) => Find(image, levels, index).ToArray();

    /// <summary>The same in fewer bytes.</summary>
    internal FoundBoxes Find(ContentArea image, IReadOnlyList<CellLevel> levels, int index)
    {
        ArgumentNullException.ThrowIfNull(levels);
        image.ThrowIfEmpty(nameof(image));
        if (levels.Count != LevelCount)
        {
            throw new ArgumentException($"The decoder is for {LevelCount} levels; found outputs of {levels.Count}.", nameof(levels));
        }

        DetectionBuffers buffers = _pool.Rent();
        try
        {
            buffers.Clear();
            float[] row = new float[Classes];
            for (int i = 0; i < levels.Count; i++)
            {
                Add(levels[i], index, stride: 1 << (LowestLevel + i), row, buffers);
            }

            return buffers.Find(Options.Nms, Options.MaxDetections, Options.ClipToImage ? image : null);
        }
        finally
        {
            _pool.Return(buffers);
        }
    }

    private void Add(CellLevel level, int index, float stride, float[] row, DetectionBuffers buffers)
    {
        SpatialSize map = level.Check(Classes);
        ReadOnlySpan<float> objectness = level.Objectness.Item(index);
        ReadOnlySpan<float> boxes = level.Boxes.Item(index);
        ReadOnlySpan<float> logits = level.Logits.Item(index);
        int places = (int)map.Area;
        for (int place = 0; place < places; place++)
        {
            float share = Logistic.Sigmoid(objectness[place]);
            if (!(share >= Options.ScoreThreshold))
            {
                continue;
            }

            for (int k = 0; k < row.Length; k++)
            {
                row[k] = logits[(k * places) + place];
            }

            int best = CellLevel.IndexOfLargest(row);
            float score = share * Logistic.Sigmoid(row[best]);
            if (score >= Options.ScoreThreshold)
            {
                (int y, int x) = Math.DivRem(place, map.Width);
                float centerX = (boxes[place] + x) * stride;
                float centerY = (boxes[places + place] + y) * stride;
                float halfWidth = 0.5f * Logistic.Exp(boxes[(2 * places) + place]) * stride;
                float halfHeight = 0.5f * Logistic.Exp(boxes[(3 * places) + place]) * stride;
                buffers.Reserve(1);
                buffers.Add(new Box(centerX - halfWidth, centerY - halfHeight, centerX + halfWidth, centerY + halfHeight), score, best);
            }
        }
    }
}
