using DeepVision.Cpu.Memory;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// A layer's weights in the order in which one algorithm reads them, and its bias padded to whole blocks. Made once,
/// shared by every shape and run that chose the algorithm.
/// </summary>
internal sealed unsafe class PackedWeights
{
    private readonly AlignedMemory _memory;
    private readonly long _biasOffset;

    /// <summary>Zeros.</summary>
    internal PackedWeights(long weightFloats, long biasFloats)
        : this(weightFloats, biasFloats, cleared: true)
    {
    }

    private PackedWeights(long weightFloats, long biasFloats, bool cleared)
    {
        _biasOffset = BiasOffset(weightFloats);
        _memory = new AlignedMemory(_biasOffset + biasFloats, cleared);
    }

    /// <summary>Memory for a packing. The weights are not cleared: each part writes all of its own.</summary>
    internal static PackedWeights For(IWeightPacking packing)
    {
        var packed = new PackedWeights(packing.WeightFloats, packing.BiasFloats, cleared: false);
        new Span<float>(packed.Weights + packing.WeightFloats, (int)(packed._biasOffset - packing.WeightFloats)).Clear();
        packed.BiasOf(packing).Clear();
        return packed;
    }

    /// <summary>Bytes that a packing takes.</summary>
    internal static long BytesFor(IWeightPacking packing) => (BiasOffset(packing.WeightFloats) + packing.BiasFloats) * sizeof(float);

    internal float* Weights => _memory.Pointer;

    internal float* Bias => _memory.Pointer + _biasOffset;

    internal long Bytes => _memory.Length * sizeof(float);

    internal Span<float> BiasOf(IWeightPacking packing) => new(Bias, (int)packing.BiasFloats);

    internal void Free() => _memory.Dispose();

    private static long BiasOffset(long weightFloats)
    {
        const int Line = AlignedMemory.Alignment / sizeof(float);
        return (weightFloats + Line - 1) / Line * Line;
    }
}
