using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>Weights in the order of the source, for the reference.</summary>
/// <param name="Rows">Output channels.</param>
/// <param name="RowFloats">Weights of an output channel.</param>
internal sealed record RowPacking(int Rows, int RowFloats) : IWeightPacking
{
    public long WeightFloats => (long)Rows * RowFloats;

    public long BiasFloats => Rows;

    public int Parts => Rows;

    public int FirstRow(int part) => part;

    public unsafe void PackPart(int part, float* rows, float* weights) =>
        new ReadOnlySpan<float>(rows, RowFloats).CopyTo(new Span<float>(weights + ((long)part * RowFloats), RowFloats));

    public void PackBias(ReadOnlySpan<float> bias, Span<float> packed) => bias.CopyTo(packed);
}
