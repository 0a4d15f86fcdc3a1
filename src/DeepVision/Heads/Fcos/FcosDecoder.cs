using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns FCOS's raw outputs into boxes as <c>torchvision.models.detection.FCOS.postprocess_detections</c> does: the score is
/// sqrt(sigmoid(class) * sigmoid(center-ness)); the best candidates of each level; boxes from distances, clipped to the image;
/// suppression over all levels; the best <see cref="FcosDecoderOptions.MaxDetections"/>. Boxes are in pixels of the resized
/// image. Equal scores are ordered by level and then by place (torchvision leaves that open). Thread-safe: memory comes from a
/// pool.
/// </summary>
internal sealed class FcosDecoder
{
    private readonly BufferPool<DetectionBuffers> _pool = new();
    private readonly Box[][] _baseAnchors;
    private readonly FcosSelector _selector;

    /// <summary>Creates a decoder.</summary>
    /// <param name="anchors">One square a level, as large as the level's stride; distances are in units of its side.</param>
    /// <param name="classes">K, the classes that the head scores (91 for torchvision's COCO model); at least 1.</param>
    /// <param name="options">Thresholds; null for torchvision's defaults.</param>
    /// <exception cref="ArgumentException">A level has another number of anchors than one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    public FcosDecoder(AnchorSpec anchors, int classes, FcosDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (anchors.Levels.FirstOrDefault(level => level.AnchorsPerLocation != 1) is { } level)
        {
            throw new ArgumentException($"FCOS has one anchor at a place; found a level with {level.AnchorsPerLocation}.", nameof(anchors));
        }

        Anchors = anchors;
        Classes = classes;
        Options = options ?? new FcosDecoderOptions();
        _baseAnchors = [.. anchors.Levels.Select(entry => entry.BaseAnchors())];
        _selector = new FcosSelector(Options.ScoreThreshold, Options.TopKPerLevel);
    }

    /// <summary>The anchors.</summary>
    public AnchorSpec Anchors { get; }

    /// <summary>K, the classes that the head scores.</summary>
    public int Classes { get; }

    /// <summary>Thresholds and limits.</summary>
    public FcosDecoderOptions Options { get; }

    /// <summary>Decodes one image of a batch.</summary>
    /// <param name="image">The resized image in the tensor: boxes are clipped to it.</param>
    /// <param name="padded">Size of the network's input tensor, padding included: anchors are spaced by it.</param>
    /// <param name="levels">The raw outputs, one for each level of <see cref="Anchors"/>, in the same order.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <returns>Boxes, highest score first.</returns>
    /// <exception cref="ArgumentException">The number of levels or the shape of an output does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, the image does not lie in the padded tensor, or the index is outside the batch.
    /// </exception>
    public ScoredBox[] Decode(ContentArea image, SpatialSize padded, IReadOnlyList<FcosLevel> levels, int index = 0) =>
        Find(image, padded, levels, index).ToArray();

    /// <summary>The same in fewer bytes.</summary>
    internal FoundBoxes Find(ContentArea image, SpatialSize padded, IReadOnlyList<FcosLevel> levels, int index)
    {
        ArgumentNullException.ThrowIfNull(levels);
        image.ThrowIfNotWithin(padded, nameof(image), nameof(padded));
        if (levels.Count != _baseAnchors.Length)
        {
            throw new ArgumentException($"There are anchors for {_baseAnchors.Length} levels; found outputs of {levels.Count}.", nameof(levels));
        }

        DetectionBuffers buffers = _pool.Rent();
        try
        {
            buffers.Clear();
            for (int i = 0; i < levels.Count; i++)
            {
                Add(levels[i], index, _baseAnchors[i], image, padded, buffers);
            }

            return buffers.Find(Options.Nms, Options.MaxDetections);
        }
        finally
        {
            _pool.Return(buffers);
        }
    }

    private void Add(FcosLevel level, int index, Box[] anchor, ContentArea image, SpatialSize padded, DetectionBuffers buffers)
    {
        SpatialSize map = LevelShapes.MapOf(level.Logits, Classes, "class logits");
        LevelShapes.Require(level.Distances, level.Logits.Shape.With(1, 4), "distances");
        LevelShapes.Require(level.Centerness, level.Logits.Shape.With(1, 1), "center-ness");
        _selector.Select(level.Logits.Item(index), level.Centerness.Item(index), Classes, buffers.Candidates);

        var anchors = new AnchorGrid(anchor, map, padded);
        ReadOnlySpan<float> distances = level.Distances.Item(index);
        int places = (int)map.Area;
        buffers.Reserve(buffers.Candidates.Count);
        foreach (ulong key in buffers.Candidates.Keys)
        {
            (int place, int classIndex) = Math.DivRem(ScoreOrder.Index(key), Classes);
            Box box = DistanceCoder.Decode(
                anchors[place], distances[place], distances[places + place], distances[(2 * places) + place], distances[(3 * places) + place]);
            buffers.Add(image.Clip(box), ScoreOrder.Score(key), classIndex);
        }
    }
}
