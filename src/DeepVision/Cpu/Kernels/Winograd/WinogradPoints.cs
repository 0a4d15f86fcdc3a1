using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>The points of an input for a round of tiles, for a <see cref="WinogradConvolution{TOps, TVector, TTransform}"/> whose items share them.</summary>
internal sealed unsafe class WinogradPoints<TOps, TVector, TTransform>(
    string name, WinogradLayer<TOps, TVector, TTransform> layer, TensorView points, int round)
    : Step(name)
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TTransform : struct, IWinogradTransform
{
    // Enough for a thread to be worth its while, few enough to spread over threads.
    private const int BlocksPerItem = 4;

    private readonly int _firstGroup = layer.Blocking.FirstGroup(layer.Blocking.FirstPart(round));

    internal override int Items => (layer.Blocking.FirstGroup(layer.Blocking.FirstPart(round + 1)) - _firstGroup) * Parts;

    internal override long ScratchFloats => WinogradLayer<TOps, TVector, TTransform>.PatchFloats;

    private int Parts => (layer.Packing.InBlocks + BlocksPerItem - 1) / BlocksPerItem;

    internal override string Describe() => $"Winograd F({TTransform.Tile},3) points of the input, {layer.DescribeRound(round)}{layer.Blocking}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int group, int part) = Math.DivRem(item, Parts);
        int firstBlock = part * BlocksPerItem;
        layer.TransformInput(
            slots,
            _firstGroup + group,
            firstBlock,
            Math.Min(firstBlock + BlocksPerItem, layer.Packing.InBlocks),
            points.Resolve(slots) + (group * layer.GroupPointFloats),
            scratch);
    }
}
