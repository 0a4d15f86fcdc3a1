using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Detections;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Heads;

/// <summary>
/// One image being decoded: levels are added from the finest to the coarsest, then <see cref="Finish"/> gives the boxes.
/// Made by <see cref="RetinaNetDecoder.Begin"/>; dispose it after use. Not thread-safe.
/// </summary>
internal sealed class RetinaNetDecoding : IDisposable
{
    private readonly RetinaNetDecoder _decoder;
    private readonly ContentArea _image;
    private readonly SpatialSize _padded;
    private DetectionBuffers? _buffers;
    private int _level;

    internal RetinaNetDecoding(RetinaNetDecoder decoder, DetectionBuffers buffers, ContentArea image, SpatialSize padded)
    {
        _decoder = decoder;
        _image = image;
        _padded = padded;
        _buffers = buffers;
        buffers.Clear();
    }

    private DetectionBuffers Buffers => _buffers ?? throw new ObjectDisposedException(nameof(RetinaNetDecoding));

    /// <summary>Adds the next level from its raw outputs.</summary>
    /// <param name="logits">Class logits, (A * K, H, W).</param>
    /// <param name="deltas">Box deltas, (A * 4, H, W).</param>
    /// <param name="map">H and W.</param>
    /// <exception cref="ArgumentException">A length does not fit the map.</exception>
    /// <exception cref="InvalidOperationException">All levels have been added.</exception>
    public void AddLevel(ReadOnlySpan<float> logits, ReadOnlySpan<float> deltas, SpatialSize map)
    {
        LevelLayout layout = NextLayout(map);
        layout.ThrowIfNotDeltas(deltas.Length, nameof(deltas));
        _decoder.Selector.Select(logits, layout, Buffers.Candidates);
        Decode(Buffers.Candidates, deltas, layout);
    }

    /// <summary>Adds the next level from candidates that were picked elsewhere.</summary>
    /// <param name="candidates">The candidates; the best are kept and sorted in place.</param>
    /// <param name="deltas">Box deltas, (A * 4, H, W).</param>
    /// <param name="map">H and W.</param>
    /// <exception cref="ArgumentException">A length does not fit the map, or a candidate lies outside it.</exception>
    /// <exception cref="InvalidOperationException">All levels have been added.</exception>
    public void AddCandidates(CandidateList candidates, ReadOnlySpan<float> deltas, SpatialSize map)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        LevelLayout layout = NextLayout(map);
        layout.ThrowIfNotDeltas(deltas.Length, nameof(deltas));
        candidates.KeepBest(_decoder.Options.TopKPerLevel);
        foreach (ulong key in candidates.Keys)
        {
            if (ScoreOrder.Index(key) >= layout.LogitCount)
            {
                throw new ArgumentException(
                    $"A level of {layout.LogitCount} logits has no element {ScoreOrder.Index(key)}.", nameof(candidates));
            }
        }

        Decode(candidates, deltas, layout);
    }

    /// <summary>Adds the next level from what an engine picked of its outputs: the same boxes as <see cref="AddLevel"/>.</summary>
    /// <param name="picked">What was picked.</param>
    /// <exception cref="ArgumentException">The numbers of logits and deltas do not fit, or an element lies outside the map.</exception>
    /// <exception cref="InvalidOperationException">All levels have been added.</exception>
    public void AddPicked(LevelCandidates picked)
    {
        ArgumentNullException.ThrowIfNull(picked);
        LevelLayout layout = NextLayout(picked.Map);
        if (picked.Logits.Count != picked.Offsets.Count || picked.Deltas.Count != 4 * picked.Offsets.Count)
        {
            throw new ArgumentException(
                $"{picked.Offsets.Count} elements need as many logits and 4 deltas each; found {picked.Logits.Count} and {picked.Deltas.Count}.",
                nameof(picked));
        }

        CandidateList candidates = Buffers.Candidates;
        _decoder.Selector.Select(picked, layout, candidates);
        var positions = new Dictionary<int, int>(picked.Offsets.Count);
        int places = (int)layout.Map.Area;
        int channels = layout.AnchorsPerLocation * layout.Classes;
        for (int i = 0; i < picked.Offsets.Count; i++)
        {
            // Offset in (A * K, H * W) -> index in (H * W, A * K).
            (int channel, int place) = Math.DivRem(picked.Offsets[i], places);
            positions[(place * channels) + channel] = 4 * i;
        }

        var anchors = new AnchorGrid(_decoder.BaseAnchors[_level], layout.Map, _padded);
        Buffers.Reserve(candidates.Count);
        foreach (ulong key in candidates.Keys)
        {
            int at = positions[ScoreOrder.Index(key)];
            Add(key, new BoxDelta(picked.Deltas[at], picked.Deltas[at + 1], picked.Deltas[at + 2], picked.Deltas[at + 3]), anchors, layout);
        }

        _level++;
    }

    /// <summary>Thins out the boxes of all levels and returns the best.</summary>
    /// <returns>Boxes in pixels of the resized image, highest score first.</returns>
    /// <exception cref="InvalidOperationException">A level is missing.</exception>
    public ScoredBox[] Finish() => Find().ToArray();

    /// <summary>The same in fewer bytes.</summary>
    internal FoundBoxes Find()
    {
        DetectionBuffers buffers = Buffers;
        int levels = _decoder.BaseAnchors.Length;
        if (_level != levels)
        {
            throw new InvalidOperationException($"The decoder has anchors for {levels} levels; only {_level} were added.");
        }

        return buffers.Find(_decoder.Options.Nms, _decoder.Options.MaxDetections);
    }

    /// <summary>Gives the memory back to the decoder.</summary>
    public void Dispose()
    {
        if (_buffers is { } buffers)
        {
            _buffers = null;
            _decoder.Pool.Return(buffers);
        }
    }

    private LevelLayout NextLayout(SpatialSize map)
    {
        ObjectDisposedException.ThrowIf(_buffers is null, this);
        if (_level == _decoder.BaseAnchors.Length)
        {
            throw new InvalidOperationException($"The decoder has anchors for {_level} levels; all were added.");
        }

        return new LevelLayout { AnchorsPerLocation = _decoder.BaseAnchors[_level].Length, Classes = _decoder.Classes, Map = map };
    }

    private void Decode(CandidateList candidates, ReadOnlySpan<float> deltas, LevelLayout layout)
    {
        var anchors = new AnchorGrid(_decoder.BaseAnchors[_level], layout.Map, _padded);
        int places = (int)layout.Map.Area;
        Buffers.Reserve(candidates.Count);
        foreach (ulong key in candidates.Keys)
        {
            (int place, int a) = Math.DivRem(ScoreOrder.Index(key) / layout.Classes, layout.AnchorsPerLocation);

            // (A * 4, H * W): the four numbers of an anchor are a plane apart.
            int at = (4 * a * places) + place;
            Add(key, new BoxDelta(deltas[at], deltas[at + places], deltas[at + (2 * places)], deltas[at + (3 * places)]), anchors, layout);
        }

        _level++;
    }

    private void Add(ulong key, BoxDelta delta, AnchorGrid anchors, LevelLayout layout)
    {
        (int anchor, int classIndex) = Math.DivRem(ScoreOrder.Index(key), layout.Classes);
        Box box = _image.Clip(_decoder.Options.BoxCoder.Decode(anchors[anchor], delta));
        Buffers.Add(box, ScoreOrder.Score(key), classIndex);
    }
}
