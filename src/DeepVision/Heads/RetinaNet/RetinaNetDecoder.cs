using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns RetinaNet's raw outputs into boxes as <c>torchvision.models.detection.RetinaNet.postprocess_detections</c> does:
/// candidates of each level, box decoding, clipping to the image, suppression over all levels, the best
/// <see cref="RetinaNetDecoderOptions.MaxDetections"/>. Boxes are in pixels of the resized image; mapping them to the
/// source image is up to whoever resized it. Equal scores are ordered by level and then by place (torchvision leaves that
/// open). Thread-safe: memory comes from a pool.
/// </summary>
internal sealed class RetinaNetDecoder
{
    /// <summary>Creates a decoder.</summary>
    /// <param name="anchors">The anchors that the network was trained with.</param>
    /// <param name="classes">K, the classes that the head scores (91 for torchvision's COCO models); at least 1.</param>
    /// <param name="options">Thresholds; null for torchvision's defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public RetinaNetDecoder(AnchorSpec anchors, int classes, RetinaNetDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Options = options ?? new RetinaNetDecoderOptions();
        Options.Nms.ThrowIfContradictory(nameof(options));
        Anchors = anchors;
        Classes = classes;
        BaseAnchors = [.. anchors.Levels.Select(level => level.BaseAnchors())];
        Selector = new CandidateSelector(Options.ScoreThreshold, Options.TopKPerLevel);
    }

    /// <summary>The anchors.</summary>
    public AnchorSpec Anchors { get; }

    /// <summary>K, the classes that the head scores.</summary>
    public int Classes { get; }

    /// <summary>Thresholds and limits.</summary>
    public RetinaNetDecoderOptions Options { get; }

    /// <summary>Picks candidates as this decoder does; for engines that do it where their outputs lie.</summary>
    public CandidateSelector Selector { get; }

    internal Box[][] BaseAnchors { get; }

    internal BufferPool<DetectionBuffers> Pool { get; } = new();

    /// <summary>Decodes one image.</summary>
    /// <param name="image">The resized image in the tensor: boxes are clipped to it.</param>
    /// <param name="padded">Size of the network's input tensor, padding included: anchors are spaced by it.</param>
    /// <param name="levels">The raw outputs, one for each level of <see cref="Anchors"/>, in the same order.</param>
    /// <returns>Boxes, highest score first.</returns>
    /// <exception cref="ArgumentException">The number of levels or the length of an output does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the image does not lie in the padded tensor.</exception>
    public ScoredBox[] Decode(ContentArea image, SpatialSize padded, ReadOnlySpan<RetinaNetLevel> levels)
    {
        if (levels.Length != Anchors.Levels.Count)
        {
            throw new ArgumentException($"There are anchors for {Anchors.Levels.Count} levels; found outputs of {levels.Length}.", nameof(levels));
        }

        using RetinaNetDecoding decoding = Begin(image, padded);
        foreach (RetinaNetLevel level in levels)
        {
            decoding.AddLevel(level.Logits.Span, level.Deltas.Span, level.Map);
        }

        return decoding.Finish();
    }

    /// <summary>Begins to decode one image whose levels are given one by one; for outputs outside managed arrays.</summary>
    /// <param name="image">The resized image in the tensor: boxes are clipped to it.</param>
    /// <param name="padded">Size of the network's input tensor, padding included: anchors are spaced by it.</param>
    /// <returns>The decoding in progress; the caller disposes it, which gives its memory back to this decoder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the image does not lie in the padded tensor.</exception>
    public RetinaNetDecoding Begin(ContentArea image, SpatialSize padded)
    {
        image.ThrowIfNotWithin(padded, nameof(image), nameof(padded));
        return new RetinaNetDecoding(this, Pool.Rent(), image, padded);
    }
}
