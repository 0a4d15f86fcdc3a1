using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// Turns a region proposal network's raw outputs into proposals as torchvision's <c>RegionProposalNetwork</c> does when it
/// predicts: the best anchors of each level by their logits, box decoding, clipping to the image, suppression within each level,
/// the best <see cref="ProposalOptions.MaxProposals"/> of all. Equal logits are ordered by level and then by place (torchvision
/// leaves that open); an anchor of NaN or minus infinity is never a proposal. Thread-safe: memory comes from a pool.
/// </summary>
internal sealed class ProposalDecoder
{
    private readonly BufferPool<DetectionBuffers> _pool = new();
    private readonly Box[][] _baseAnchors;

    /// <summary>Creates a decoder.</summary>
    /// <param name="anchors">The anchors that the network was trained with.</param>
    /// <param name="options">Limits and thresholds; null for torchvision's defaults.</param>
    public ProposalDecoder(AnchorSpec anchors, ProposalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Options = options ?? new ProposalOptions();
        Anchors = anchors;
        _baseAnchors = [.. anchors.Levels.Select(level => level.BaseAnchors())];
    }

    /// <summary>The anchors.</summary>
    public AnchorSpec Anchors { get; }

    /// <summary>Limits and thresholds.</summary>
    public ProposalOptions Options { get; }

    /// <summary>Decodes one image.</summary>
    /// <param name="image">The resized image in the tensor: proposals are clipped to it.</param>
    /// <param name="padded">Size of the network's input tensor, padding included: anchors are spaced by it.</param>
    /// <param name="levels">The raw outputs, one for each level of <see cref="Anchors"/>, in the same order.</param>
    /// <returns>The proposals in pixels of the resized image, highest objectness first.</returns>
    /// <exception cref="ArgumentException">The number of levels or the length of an output does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the image does not lie in the padded tensor.</exception>
    public Box[] Decode(ContentArea image, SpatialSize padded, ReadOnlySpan<ProposalLevel> levels)
    {
        Box[] proposals = [];
        int count = Decode(image, padded, levels, ref proposals);
        Array.Resize(ref proposals, count);
        return proposals;
    }

    /// <summary>The same into the caller's memory.</summary>
    /// <param name="image">The resized image in the tensor.</param>
    /// <param name="padded">Size of the network's input tensor.</param>
    /// <param name="levels">The raw outputs, one for each level.</param>
    /// <param name="proposals">Receives them; a longer array takes its place where it is too short.</param>
    /// <returns>How many there are.</returns>
    internal int Decode(ContentArea image, SpatialSize padded, ReadOnlySpan<ProposalLevel> levels, ref Box[] proposals)
    {
        image.ThrowIfNotWithin(padded, nameof(image), nameof(padded));
        if (levels.Length != _baseAnchors.Length)
        {
            throw new ArgumentException($"There are anchors for {_baseAnchors.Length} levels; found outputs of {levels.Length}.", nameof(levels));
        }

        DetectionBuffers buffers = _pool.Rent();
        try
        {
            buffers.Clear();
            for (int i = 0; i < levels.Length; i++)
            {
                AddLevel(buffers, i, levels[i], image, padded);
            }

            ReadOnlySpan<KeptBox> kept = buffers.Suppress(Options.Nms, Options.MaxProposals);
            if (proposals.Length < kept.Length)
            {
                // Their number differs from image to image, but not by much.
                proposals = new Box[Math.Min(Options.MaxProposals, 2 * kept.Length)];
            }

            for (int i = 0; i < kept.Length; i++)
            {
                proposals[i] = buffers.Boxes[kept[i].Index];
            }

            return kept.Length;
        }
        finally
        {
            _pool.Return(buffers);
        }
    }

    private void AddLevel(DetectionBuffers buffers, int index, ProposalLevel level, ContentArea image, SpatialSize padded)
    {
        Box[] baseAnchors = _baseAnchors[index];
        var layout = new LevelLayout { AnchorsPerLocation = baseAnchors.Length, Classes = 1, Map = level.Map };
        layout.ThrowIfNotLogits(level.Objectness.Length, nameof(level));
        layout.ThrowIfNotDeltas(level.Deltas.Length, nameof(level));
        var anchors = new AnchorGrid(baseAnchors, level.Map, padded);
        SelectBest(level.Objectness.Span, layout, buffers.Candidates);
        buffers.Reserve(buffers.Candidates.Count);
        ReadOnlySpan<float> deltas = level.Deltas.Span;
        int places = (int)level.Map.Area;
        foreach (ulong key in buffers.Candidates.Keys)
        {
            (int place, int a) = Math.DivRem(ScoreOrder.Index(key), baseAnchors.Length);

            // (A * 4, H * W): the four numbers of an anchor are a plane apart.
            int at = (4 * a * places) + place;
            var delta = new BoxDelta(deltas[at], deltas[at + places], deltas[at + (2 * places)], deltas[at + (3 * places)]);
            Box box = image.Clip(Options.BoxCoder.Decode(anchors[ScoreOrder.Index(key)], delta));
            float score = Logistic.Sigmoid(ScoreOrder.Score(key));
            if (box.Width >= Options.MinSide && box.Height >= Options.MinSide && score >= Options.ScoreThreshold)
            {
                buffers.Add(box, score, index);
            }
        }
    }

    private void SelectBest(ReadOnlySpan<float> objectness, LevelLayout layout, CandidateList candidates)
    {
        candidates.Clear();
        int places = (int)layout.Map.Area;
        var best = new CandidateCollector(candidates, float.NegativeInfinity, Options.TopKPerLevel);
        float bar = best.Bar;
        for (int a = 0; a < layout.AnchorsPerLocation; a++)
        {
            ReadOnlySpan<float> plane = objectness.Slice(a * places, places);
            for (int place = 0; place < plane.Length; place++)
            {
                // Offset in (A, H * W) -> index in (H * W, A). An equal logit may come first by its index.
                if (plane[place] >= bar && best.Offer(plane[place], (place * layout.AnchorsPerLocation) + a))
                {
                    bar = best.Bar;
                }
            }
        }

        candidates.KeepBest(Options.TopKPerLevel);
    }
}
