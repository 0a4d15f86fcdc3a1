using System.Runtime.InteropServices;
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
    : IWeightPacking
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

    public long WeightFloats => GroupStride * Groups;

    public long BiasFloats => (long)Groups * OutBlocks * Block;

    public int RowFloats => InChannels * Taps;

    /// <summary>A part is a pair of output blocks of a group.</summary>
    public int Parts => Groups * OutTiles;

    public int FirstRow(int part)
    {
        (int group, int tile) = Math.DivRem(part, OutTiles);
        return (group * OutChannels) + (tile * TileBlocks * Block);
    }

    public unsafe void PackPart(int part, float* rows, float* weights)
    {
        (int group, int tile) = Math.DivRem(part, OutTiles);
        int pitch = BlocksOf(tile) * Block;
        int count = FirstRow(part + 1) - FirstRow(part);
        float* target = weights + (group * GroupStride) + TileOffset(tile);
        if (count < pitch || (!Planar && InChannels % Block != 0))
        {
            NativeMemory.Clear(target, (nuint)(Depth * pitch * sizeof(float)));
        }

        if (Planar || Taps == 1)
        {
            WeightTransposition.Run(rows, RowFloats, count, RowFloats, target, pitch, null);
            return;
        }

        // Within a block of input channels: the file has (channel, tap), the pack (tap, channel).
        fixed (int* order = new int[Block * Taps])
        {
            for (int i = 0; i < Block * Taps; i++)
            {
                order[i] = (i % Taps * Block) + (i / Taps);
            }

            for (int block = 0; block < InBlocks; block++)
            {
                int channels = Math.Min(Block, InChannels - (block * Block));
                int first = block * Block * Taps;
                WeightTransposition.Run(rows + first, RowFloats, count, channels * Taps, target + ((long)first * pitch), pitch, order);
            }
        }
    }

    public void PackBias(ReadOnlySpan<float> bias, Span<float> packed)
    {
        for (int group = 0; group < Groups; group++)
        {
            bias.Slice(group * OutChannels, OutChannels).CopyTo(packed[(group * OutBlocks * Block)..]);
        }
    }
}
