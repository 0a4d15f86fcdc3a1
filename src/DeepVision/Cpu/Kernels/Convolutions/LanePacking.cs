using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// The order of weights where each lane is an output channel with inputs of its own: output block, input channel of the
/// group, tap, lane.
/// </summary>
internal sealed record LanePacking(int Groups, int InChannels, int OutChannels, int Taps, int Block)
    : IWeightPacking
{
    internal int OutBlocks => ((Groups * OutChannels) + Block - 1) / Block;

    /// <summary>Floats of one output block's weights.</summary>
    internal int BlockStride => InChannels * Taps * Block;

    /// <summary>Whether no block holds channels of two groups.</summary>
    internal bool FillsBlocks => InChannels % Block == 0 && OutChannels % Block == 0;

    /// <summary>Whether output channel i reads input channel i only.</summary>
    internal bool IsDepthwise => InChannels == 1 && OutChannels == 1;

    /// <summary>The input channel that an output channel reads as the <paramref name="k"/>-th of its group.</summary>
    internal int InputChannel(int outChannel, int k) => (outChannel / OutChannels * InChannels) + k;

    public long WeightFloats => (long)OutBlocks * BlockStride;

    public long BiasFloats => (long)OutBlocks * Block;

    public int RowFloats => InChannels * Taps;

    /// <summary>A part is an output block.</summary>
    public int Parts => OutBlocks;

    public int FirstRow(int part) => Math.Min(part * Block, Groups * OutChannels);

    public unsafe void PackPart(int part, float* rows, float* weights)
    {
        int count = FirstRow(part + 1) - FirstRow(part);
        float* target = weights + ((long)part * BlockStride);
        if (count < Block)
        {
            new Span<float>(target, BlockStride).Clear();
        }

        WeightTransposition.Run(rows, RowFloats, count, RowFloats, target, Block, null);
    }

    public void PackBias(ReadOnlySpan<float> bias, Span<float> packed) => bias.CopyTo(packed);
}
