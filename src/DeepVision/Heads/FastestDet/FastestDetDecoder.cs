using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns FastestDet's raw outputs into boxes: each cell gives one, of its likeliest class, with the score
/// sigmoid(objectness)^0.6 * softmax(class)^0.4. The middle lies tanh(x) cells from the cell's corner, sides are sigmoids in sides of
/// the image. Then suppression and the best <see cref="FastestDetDecoderOptions.MaxDetections"/>. Equal scores are ordered by place.
/// Thread-safe: memory comes from a pool.
/// </summary>
internal sealed class FastestDetDecoder
{
    private const float ObjectnessPower = 0.6f;
    private const float ClassPower = 0.4f;

    private readonly BufferPool<DetectionBuffers> _pool = new();

    /// <summary>Creates a decoder.</summary>
    /// <param name="classes">K, at least 1.</param>
    /// <param name="options">Thresholds; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    public FastestDetDecoder(int classes, FastestDetDecoderOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        Options = options ?? new FastestDetDecoderOptions();
    }

    /// <summary>K, the classes that the head scores.</summary>
    public int Classes { get; }

    /// <summary>Thresholds and limits.</summary>
    public FastestDetDecoderOptions Options { get; }

    /// <summary>The score of a class with a probability in a cell that has an object with another.</summary>
    internal static float ScoreOf(float probability, float objectness) =>
        MathF.Pow(objectness, ObjectnessPower) * MathF.Pow(probability, ClassPower);

    /// <summary>Decodes one image of a batch.</summary>
    /// <param name="image">The image in the network's input: what <see cref="FastestDetDecoderOptions.ClipToImage"/> cuts to.</param>
    /// <param name="padded">Size of the network's input tensor: the cells share it.</param>
    /// <param name="level">The raw outputs.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <returns>Boxes, highest score first.</returns>
    /// <exception cref="ArgumentException">The shape of an output does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, the image does not lie in the padded tensor, or the index is outside the batch.
    /// </exception>
    public ScoredBox[] Decode(ContentArea image, SpatialSize padded, CellLevel level, int index = 0) =>
        Find(image, padded, level, index).ToArray();

    /// <summary>The same in fewer bytes.</summary>
    internal FoundBoxes Find(ContentArea image, SpatialSize padded, CellLevel level, int index)
    {
        ArgumentNullException.ThrowIfNull(level);
        image.ThrowIfNotWithin(padded, nameof(image), nameof(padded));
        SpatialSize map = level.Check(Classes);
        DetectionBuffers buffers = _pool.Rent();
        try
        {
            buffers.Clear();
            ReadOnlySpan<float> objectness = level.Objectness.Item(index);
            ReadOnlySpan<float> boxes = level.Boxes.Item(index);
            ReadOnlySpan<float> logits = level.Logits.Item(index);
            float[] row = new float[Classes];
            int places = (int)map.Area;
            for (int place = 0; place < places; place++)
            {
                float isObject = Logistic.Sigmoid(objectness[place]);
                if (!(MathF.Pow(isObject, ObjectnessPower) > Options.ScoreThreshold))
                {
                    continue;
                }

                for (int k = 0; k < row.Length; k++)
                {
                    row[k] = logits[(k * places) + place];
                }

                ChannelProbabilities.Softmax(row);
                int best = CellLevel.IndexOfLargest(row);
                float score = ScoreOf(row[best], isObject);
                if (score > Options.ScoreThreshold)
                {
                    (int y, int x) = Math.DivRem(place, map.Width);
                    float centerX = (MathF.Tanh(boxes[place]) + x) / map.Width * padded.Width;
                    float centerY = (MathF.Tanh(boxes[places + place]) + y) / map.Height * padded.Height;
                    float halfWidth = 0.5f * Logistic.Sigmoid(boxes[(2 * places) + place]) * padded.Width;
                    float halfHeight = 0.5f * Logistic.Sigmoid(boxes[(3 * places) + place]) * padded.Height;
                    buffers.Reserve(1);
                    buffers.Add(new Box(centerX - halfWidth, centerY - halfHeight, centerX + halfWidth, centerY + halfHeight), score, best);
                }
            }

            return buffers.Find(Options.Nms, Options.MaxDetections, Options.ClipToImage ? image : null);
        }
        finally
        {
            _pool.Return(buffers);
        }
    }
}
