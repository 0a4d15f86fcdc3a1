using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Threading;

namespace DeepVision.Heads;

/// <summary>
/// What the host does between the two stages of a Faster R-CNN: proposals from the first stage's outputs, and for each of them a
/// piece of fixed size from the feature maps.
/// </summary>
internal sealed class RegionStep : HostStep
{
    private readonly BufferPool<RegionBuffers> _pool = new();
    private readonly ProposalDecoder _decoder;
    private readonly RoiAlignOptions _options;
    private readonly string[] _levels;
    private readonly int _pooledLevels;
    private readonly int _channels;

    /// <param name="decoder">Makes the proposals.</param>
    /// <param name="options">How regions are cut out.</param>
    /// <param name="levels">The names of the maps that anchors stand on, from fine to coarse.</param>
    /// <param name="pooledLevels">How many of them, the first ones, regions are cut out of.</param>
    /// <param name="channels">Channels of each map.</param>
    internal RegionStep(ProposalDecoder decoder, RoiAlignOptions options, string[] levels, int pooledLevels, int channels)
    {
        _decoder = decoder;
        _options = options;
        _levels = levels;
        _pooledLevels = pooledLevels;
        _channels = channels;
    }

    /// <summary>Weights are fetched once for so many regions; more would only take memory.</summary>
    public override int MaxRows => 256;

    public override string Describe() =>
        $"at most {_decoder.Options.MaxProposals} proposals an image; RoIAlign {_options.OutputSize}x{_options.OutputSize} "
        + $"from {string.Join(", ", _levels[.._pooledLevels])}";

    public override TensorShape TypicalInput(TensorShape image) =>
        new(checked(image.Batch * _decoder.Options.MaxProposals), _channels, _options.OutputSize, _options.OutputSize);

    public override HostStepResult Run(
        IReadOnlyDictionary<string, HostTensor> outputs, IReadOnlyList<PreparedGeometry> geometries, int threads)
    {
        RegionBuffers buffers = _pool.Rent();
        buffers.Begin(geometries.Count);
        TeamLoop.Run(geometries.Count, threads, image => buffers.Counts[image] = Propose(outputs, image, geometries[image], ref buffers.Proposals[image]));

        int count = Assign(outputs, geometries, buffers);
        HostTensor kept = HostTensor.Over(buffers.Rows, new TensorShape(count, FasterRcnnTask.ProposalLength));
        for (int i = 0; i < count; i++)
        {
            Box box = buffers.Regions[i].Box;
            ReadOnlySpan<float> row = [buffers.Regions[i].Image, box.X1, box.Y1, box.X2, box.Y2];
            row.CopyTo(kept.Values[(i * FasterRcnnTask.ProposalLength)..]);
        }

        HostTensor[] maps = [.. _levels.Take(_pooledLevels).Select(level => outputs[level])];
        var input = new TensorShape(count, _channels, _options.OutputSize, _options.OutputSize);
        int rowLength = _channels * _options.OutputSize * _options.OutputSize;
        return new HostStepResult(
            input,
            (first, rows) => TeamLoop.Run(
                rows.Length / rowLength,
                threads,
                i => Cut(maps, buffers.Regions[first + i], rows.Span.Slice(i * rowLength, rowLength))),
            new Dictionary<string, HostTensor> { [FasterRcnnTask.ProposalsOutput] = kept })
        {
            Release = () => _pool.Return(buffers),
        };
    }

    private static SpatialSize SizeOf(HostTensor map) => new(map.Shape.Height, map.Shape.Width);

    private static ReadOnlyMemory<float> ImageOf(HostTensor tensor, int image)
    {
        int length = tensor.Values.Length / tensor.Shape.Batch;
        return tensor.Memory.Slice(image * length, length);
    }

    private int Propose(IReadOnlyDictionary<string, HostTensor> outputs, int image, PreparedGeometry geometry, ref Box[] proposals)
    {
        var levels = new ProposalLevel[_levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            HostTensor objectness = outputs[FasterRcnnTask.ObjectnessOutput(_levels[i])];
            HostTensor deltas = outputs[FasterRcnnTask.AnchorDeltasOutput(_levels[i])];
            levels[i] = new ProposalLevel(ImageOf(objectness, image), ImageOf(deltas, image), SizeOf(objectness));
        }

        return _decoder.Decode(geometry.ContentArea, geometry.TensorSize, levels, ref proposals);
    }

    private int Assign(IReadOnlyDictionary<string, HostTensor> outputs, IReadOnlyList<PreparedGeometry> geometries, RegionBuffers buffers)
    {
        SpatialSize[] maps = [.. _levels.Take(_pooledLevels).Select(level => SizeOf(outputs[level]))];
        buffers.Reserve(buffers.Counts.Take(geometries.Count).Sum(), FasterRcnnTask.ProposalLength);
        int at = 0;
        for (int image = 0; image < geometries.Count; image++)
        {
            ImageSize extent = geometries[image].Extent;
            var pyramid = new RoiPyramid(maps, new SpatialSize(extent.Height, extent.Width), _options);
            foreach (Box box in buffers.Proposals[image].AsSpan(0, buffers.Counts[image]))
            {
                int map = pyramid.MapOf(box);
                buffers.Regions[at++] = new RegionBuffers.Region(image, map, pyramid.Scales[map], box);
            }
        }

        return at;
    }

    private void Cut(HostTensor[] maps, RegionBuffers.Region region, Span<float> destination)
    {
        HostTensor map = maps[region.Map];
        RoiAlign.Pool(map.Item(region.Image), SizeOf(map), region.Scale, region.Box, _options, destination);
    }
}
