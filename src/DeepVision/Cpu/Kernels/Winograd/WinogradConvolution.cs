using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>
/// A convolution by Winograd's algorithm. An item takes some groups of tiles and some output channels: from the input to the
/// finished outputs, all in the second-level cache; or, where <see cref="WinogradPoints{TOps, TVector, TTransform}"/> has found
/// the points of a round of tiles, from those.
/// </summary>
internal sealed unsafe class WinogradConvolution<TOps, TVector, TTransform>(
    string name, WinogradLayer<TOps, TVector, TTransform> layer, TensorView? points, int round)
    : Step(name)
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TTransform : struct, IWinogradTransform
{
    private readonly WinogradBlocking _blocking = layer.Blocking;
    private readonly int _firstPart = layer.Blocking.FirstPart(round);
    private readonly int _parts = layer.Blocking.FirstPart(round + 1) - layer.Blocking.FirstPart(round);
    private readonly bool _sharesPoints = points != null;
    private readonly TensorView _points = points ?? default;

    internal override int Items => _parts * _blocking.ChannelGroups;

    internal override long MultiplyAdds => layer.MultiplyAdds / _blocking.Rounds;

    internal override long ScratchFloats => ProductOffset
        + (_blocking.GroupsPerItem * _blocking.ChannelTilesAtOnce * layer.ProductFloats)
        + (_sharesPoints ? 0 : _blocking.GroupsPerItem * layer.GroupPointFloats);

    private static long ProductOffset => WinogradLayer<TOps, TVector, TTransform>.PatchFloats + (2 * TOps.Width);

    internal override string Describe() => layer.Describe(round);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int part, int channels) = Math.DivRem(item, _blocking.ChannelGroups);
        int firstGroup = _blocking.FirstGroup(_firstPart + part);
        int endGroup = _blocking.FirstGroup(_firstPart + part + 1);
        int firstTile = channels * _blocking.ChannelTilesPerItem;
        int endTile = Math.Min(firstTile + _blocking.ChannelTilesPerItem, _blocking.ChannelTiles);

        float* zeroBias = scratch + WinogradLayer<TOps, TVector, TTransform>.PatchFloats;
        TOps.Store(zeroBias, TOps.Zero);
        TOps.Store(zeroBias + TOps.Width, TOps.Zero);
        float* products = scratch + ProductOffset;
        float* points;
        if (_sharesPoints)
        {
            points = _points.Resolve(slots) + ((firstGroup - _blocking.FirstGroup(_firstPart)) * layer.GroupPointFloats);
        }
        else
        {
            points = products + (_blocking.GroupsPerItem * _blocking.ChannelTilesAtOnce * layer.ProductFloats);
            for (int group = firstGroup; group < endGroup; group++)
            {
                layer.TransformInput(
                    slots, group, 0, layer.Packing.InBlocks, points + ((group - firstGroup) * layer.GroupPointFloats), scratch);
            }
        }

        for (int tile = firstTile; tile < endTile; tile += _blocking.ChannelTilesAtOnce)
        {
            int end = Math.Min(tile + _blocking.ChannelTilesAtOnce, endTile);
            layer.Multiply(points, firstGroup, endGroup, tile, end, products, zeroBias);
            layer.TransformOutput(slots, products, firstGroup, endGroup, tile, end, scratch);
        }
    }
}
