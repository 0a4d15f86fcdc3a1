using DeepVision.Cpu.Planning;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns SSD's raw outputs into boxes as <c>torchvision.models.detection.SSD.postprocess_detections</c> does: softmax over the
/// classes, of which number 0 is background; the best candidates of each class; boxes from deltas, clipped to the image;
/// suppression within each class; the best <see cref="SsdDecoderOptions.MaxDetections"/>. Boxes are in pixels of the resized
/// image. Equal scores are ordered by class, then by place (torchvision leaves that open). Thread-safe: memory comes from a pool.
/// </summary>
internal sealed class SsdDecoder
{
    private readonly BufferPool<SsdBuffers> _pool = new();
    private readonly (float Width, float Height)[][] _sizes;

    /// <summary>Creates a decoder.</summary>
    /// <param name="boxes">The default boxes that the network was trained with.</param>
    /// <param name="classes">K, the classes that the head scores, background included (91 for torchvision's COCO models); at least 2.</param>
    /// <param name="options">Thresholds; null for those of torchvision's SSD300.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
    public SsdDecoder(DefaultBoxSpec boxes, int classes, SsdDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Boxes = boxes;
        Classes = classes;
        Options = options ?? new SsdDecoderOptions();
        _sizes = [.. boxes.Levels.Select(level => level.Sizes(boxes.ClipsSides))];
    }

    /// <summary>The default boxes.</summary>
    public DefaultBoxSpec Boxes { get; }

    /// <summary>K, the classes that the head scores, background included.</summary>
    public int Classes { get; }

    /// <summary>Thresholds and limits.</summary>
    public SsdDecoderOptions Options { get; }

    /// <summary>Decodes one image of a batch.</summary>
    /// <param name="image">The resized image in the tensor: boxes are clipped to it.</param>
    /// <param name="padded">Size of the network's input tensor: default boxes are shares of it.</param>
    /// <param name="levels">The raw outputs, one for each level of <see cref="Boxes"/>, in the same order.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <returns>Boxes, highest score first; no class is 0.</returns>
    /// <exception cref="ArgumentException">The number of levels or the shape of an output does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, the image does not lie in the padded tensor, or the index is outside the batch.
    /// </exception>
    public ScoredBox[] Decode(ContentArea image, SpatialSize padded, IReadOnlyList<SsdLevel> levels, int index = 0) =>
        Find(image, padded, levels, index).ToArray();

    /// <summary>The same in fewer bytes.</summary>
    internal FoundBoxes Find(ContentArea image, SpatialSize padded, IReadOnlyList<SsdLevel> levels, int index)
    {
        ArgumentNullException.ThrowIfNull(levels);
        image.ThrowIfNotWithin(padded, nameof(image), nameof(padded));
        if (levels.Count != _sizes.Length)
        {
            throw new ArgumentException($"There are default boxes for {_sizes.Length} levels; found outputs of {levels.Count}.", nameof(levels));
        }

        SsdBuffers buffers = _pool.Rent();
        try
        {
            var scan = new SsdScan(buffers, Classes, Options, image);
            for (int i = 0; i < levels.Count; i++)
            {
                int anchors = _sizes[i].Length;
                SpatialSize map = LevelShapes.MapOf(levels[i].Logits, checked(anchors * Classes), "class logits");
                LevelShapes.Require(levels[i].Deltas, levels[i].Logits.Shape.With(1, 4 * anchors), "box deltas");
                var grid = new DefaultBoxGrid(_sizes[i], Boxes.Levels[i].Step, map, padded);
                scan.Add(levels[i].Logits.Item(index), levels[i].Deltas.Item(index), grid, anchors, map);
            }

            return Suppress(buffers);
        }
        finally
        {
            _pool.Return(buffers);
        }
    }

    private FoundBoxes Suppress(SsdBuffers buffers)
    {
        for (int k = 1; k < Classes; k++)
        {
            CandidateList candidates = buffers.List(k);
            candidates.KeepBest(Options.TopKPerClass);
            buffers.Found.Reserve(candidates.Count);
            foreach (ulong key in candidates.Keys)
            {
                buffers.Found.Add(buffers.Boxes[ScoreOrder.Index(key)], ScoreOrder.Score(key), k);
            }
        }

        return buffers.Found.Find(Options.Nms, Options.MaxDetections);
    }
}
