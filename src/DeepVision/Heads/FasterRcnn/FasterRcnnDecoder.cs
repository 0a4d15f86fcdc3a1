using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns the outputs of a Faster R-CNN's box head into boxes as torchvision's <c>RoIHeads.postprocess_detections</c> does: softmax
/// over the classes, of which the first is the background, a box of its own for each class of a proposal, clipping to the image,
/// suppression within each class, the best <see cref="FasterRcnnDecoderOptions.MaxDetections"/>. Equal scores are ordered by
/// proposal and then by class. A proposal with a NaN among its logits gives nothing. Thread-safe: memory comes from a pool.
/// </summary>
internal sealed class FasterRcnnDecoder
{
    private readonly BufferPool<DetectionBuffers> _pool = new();

    /// <summary>Creates a decoder.</summary>
    /// <param name="classes">K, the classes that the head scores, background included (91 for torchvision's COCO models); at least 2.</param>
    /// <param name="options">Thresholds; null for torchvision's defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
    public FasterRcnnDecoder(int classes, FasterRcnnDecoderOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Options = options ?? new FasterRcnnDecoderOptions();
        Classes = classes;
    }

    /// <summary>K, the classes that the head scores, background included.</summary>
    public int Classes { get; }

    /// <summary>Thresholds and limits.</summary>
    public FasterRcnnDecoderOptions Options { get; }

    /// <summary>Decodes one image.</summary>
    /// <param name="image">The resized image in the tensor: boxes are clipped to it.</param>
    /// <param name="proposals">The R proposals in pixels of the resized image.</param>
    /// <param name="logits">Class logits, (R, K).</param>
    /// <param name="deltas">Box deltas, (R, 4 * K): element <c>4 * k + (dx, dy, dw, dh)</c> of a row.</param>
    /// <returns>Boxes in pixels of the resized image, highest score first.</returns>
    /// <exception cref="ArgumentException">The numbers of proposals, logits and deltas do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The image is empty or begins before the tensor.</exception>
    public ScoredBox[] Decode(ContentArea image, ReadOnlySpan<Box> proposals, ReadOnlySpan<float> logits, ReadOnlySpan<float> deltas) =>
        Find(image, proposals, logits, deltas).ToArray();

    /// <summary>The same in fewer bytes.</summary>
    internal FoundBoxes Find(ContentArea image, ReadOnlySpan<Box> proposals, ReadOnlySpan<float> logits, ReadOnlySpan<float> deltas)
    {
        image.ThrowIfEmpty(nameof(image));
        if (logits.Length != (long)proposals.Length * Classes || deltas.Length != 4L * proposals.Length * Classes)
        {
            throw new ArgumentException(
                $"{proposals.Length} proposals and {Classes} classes have {(long)proposals.Length * Classes} logits and 4 deltas for each; "
                + $"found {logits.Length} logits and {deltas.Length} deltas.",
                nameof(logits));
        }

        DetectionBuffers buffers = _pool.Rent();
        try
        {
            buffers.Clear();
            var scores = new float[Classes];
            for (int row = 0; row < proposals.Length; row++)
            {
                logits.Slice(row * Classes, Classes).CopyTo(scores);
                ChannelProbabilities.Softmax(scores);
                AddProposal(buffers, image, proposals[row], scores, deltas.Slice(4 * row * Classes, 4 * Classes));
            }

            return buffers.Find(Options.Nms, Options.MaxDetections);
        }
        finally
        {
            _pool.Return(buffers);
        }
    }

    // The background is no detection, but takes its share of the probability.
    private void AddProposal(DetectionBuffers buffers, ContentArea image, Box proposal, ReadOnlySpan<float> scores, ReadOnlySpan<float> deltas)
    {
        buffers.Reserve(scores.Length);
        for (int k = 1; k < scores.Length; k++)
        {
            if (!(scores[k] > Options.ScoreThreshold))
            {
                continue;
            }

            var delta = new BoxDelta(deltas[4 * k], deltas[(4 * k) + 1], deltas[(4 * k) + 2], deltas[(4 * k) + 3]);
            Box box = image.Clip(Options.BoxCoder.Decode(proposal, delta));
            if (box.Width >= Options.MinSide && box.Height >= Options.MinSide)
            {
                buffers.Add(box, scores[k], k);
            }
        }
    }
}
