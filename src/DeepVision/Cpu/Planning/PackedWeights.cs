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

    internal PackedWeights(long weightFloats, long biasFloats)
    {
        const int Line = AlignedMemory.Alignment / sizeof(float);
        _biasOffset = (weightFloats + Line - 1) / Line * Line;
        _memory = new AlignedMemory(_biasOffset + biasFloats);
    }

    internal float* Weights => _memory.Pointer;

    internal float* Bias => _memory.Pointer + _biasOffset;

    internal long Bytes => _memory.Length * sizeof(float);

    internal void Free() => _memory.Dispose();
}
