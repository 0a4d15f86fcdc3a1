using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// The order of weights where each lane is an output channel with inputs of its own: output block, input channel of the
/// group, tap, lane.
/// </summary>
internal sealed record LanePacking(int Groups, int InChannels, int OutChannels, int Taps, int Block)
{
    internal int OutBlocks => ((Groups * OutChannels) + Block - 1) / Block;

    /// <summary>Floats of one output block's weights.</summary>
    internal int BlockStride => InChannels * Taps * Block;

    /// <summary>Whether output channel i reads input channel i only.</summary>
    internal bool IsDepthwise => InChannels == 1 && OutChannels == 1;

    /// <summary>The input channel that an output channel reads as the <paramref name="k"/>-th of its group.</summary>
    internal int InputChannel(int outChannel, int k) => (outChannel / OutChannels * InChannels) + k;

    internal unsafe PackedWeights Pack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var packed = new PackedWeights((long)OutBlocks * BlockStride, (long)OutBlocks * Block);
        int rowLength = InChannels * Taps;
        for (int channel = 0; channel < Groups * OutChannels; channel++)
        {
            float* lane = packed.Weights + ((long)(channel / Block) * BlockStride) + (channel % Block);
            for (int i = 0; i < rowLength; i++)
            {
                lane[i * Block] = weights[(channel * rowLength) + i];
            }

            packed.Bias[channel] = bias.IsEmpty ? 0 : bias[channel];
        }

        return packed;
    }
}
