using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// The order of weights for the tile kernels: for each group and pair of output blocks, all taps in the order in which the
/// input is read, each with one lane for each output channel of the pair. Missing channels are zero.
/// </summary>
/// <param name="Groups">Channel groups; more than one only where a group's channels fill whole blocks.</param>
/// <param name="InChannels">Input channels of a group.</param>
/// <param name="OutChannels">Output channels of a group.</param>
/// <param name="Taps">Kernel height times width.</param>
/// <param name="Block">Lanes of a vector.</param>
/// <param name="Planar">Whether the input is planar: taps are (channel, y, x) then, else (block, y, x, lane).</param>
internal sealed record GemmPacking(int Groups, int InChannels, int OutChannels, int Taps, int Block, bool Planar)
{
    private const int TileBlocks = 2;

    internal int InBlocks => (InChannels + Block - 1) / Block;

    internal int OutBlocks => (OutChannels + Block - 1) / Block;

    internal int OutTiles => (OutBlocks + TileBlocks - 1) / TileBlocks;

    /// <summary>Length of a sum, padding lanes included.</summary>
    internal long Depth => Planar ? (long)InChannels * Taps : (long)InBlocks * Taps * Block;

    /// <summary>Floats of a group's weights.</summary>
    internal long GroupStride => Depth * OutBlocks * Block;

    /// <summary>Output blocks of a pair; the last may be alone.</summary>
    internal int BlocksOf(int tile) => Math.Min(TileBlocks, OutBlocks - (tile * TileBlocks));

    /// <summary>Floats from the group's first weight to a pair's first.</summary>
    internal long TileOffset(int tile) => Depth * tile * TileBlocks * Block;

    /// <summary>Packs a layer.</summary>
    /// <param name="weights">(Groups * OutChannels, InChannels, kernel height, kernel width).</param>
    /// <param name="bias">One value for each output channel, or empty.</param>
    internal unsafe PackedWeights Pack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var packed = new PackedWeights(GroupStride * Groups, (long)Groups * OutBlocks * Block);
        for (int group = 0; group < Groups; group++)
        {
            for (int o = 0; o < OutChannels; o++)
            {
                int tile = o / (TileBlocks * Block);
                int pitch = BlocksOf(tile) * Block;
                float* lane = packed.Weights + (group * GroupStride) + TileOffset(tile) + (o % (TileBlocks * Block));
                int row = (group * OutChannels) + o;
                PackRow(weights.Slice(row * InChannels * Taps, InChannels * Taps), lane, pitch);
                packed.Bias[(group * OutBlocks * Block) + o] = bias.IsEmpty ? 0 : bias[row];
            }
        }

        return packed;
    }

    private unsafe void PackRow(ReadOnlySpan<float> row, float* lane, int pitch)
    {
        for (int c = 0; c < InChannels; c++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                long k = Planar ? ((long)c * Taps) + tap : ((((long)(c / Block) * Taps) + tap) * Block) + (c % Block);
                lane[k * pitch] = row[(c * Taps) + tap];
            }
        }
    }
}
