using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>
/// Kernels of 3 x 3 as their points: for each point and pair of output blocks all input channels, each with one lane for each
/// output channel of the pair. Missing channels are zero. The transform is done in float64 and rounded once.
/// </summary>
/// <param name="Tile">Pixels of an output tile in each direction: 4 or 2.</param>
/// <param name="InChannels">Input channels.</param>
/// <param name="OutChannels">Output channels.</param>
/// <param name="Block">Lanes of a vector.</param>
internal sealed record WinogradPacking(int Tile, int InChannels, int OutChannels, int Block)
{
    private const int TileBlocks = 2;
    private const int Taps = 9;
    private const int Lanes = 4;

    internal int Points => (Tile + 2) * (Tile + 2);

    internal int InBlocks => (InChannels + Block - 1) / Block;

    internal int OutBlocks => (OutChannels + Block - 1) / Block;

    internal int OutTiles => (OutBlocks + TileBlocks - 1) / TileBlocks;

    /// <summary>Floats from one point to the next.</summary>
    internal long PointStride => (long)InBlocks * Block * OutBlocks * Block;

    /// <summary>Bytes of the packed weights.</summary>
    internal long Bytes => PointStride * Points * sizeof(float);

    /// <summary>Output blocks of a pair; the last may be alone.</summary>
    internal int BlocksOf(int tile) => Math.Min(TileBlocks, OutBlocks - (tile * TileBlocks));

    /// <summary>Floats from a point's first weight to a pair's first.</summary>
    internal long TileOffset(int tile) => (long)InBlocks * Block * tile * TileBlocks * Block;

    /// <summary>Packs a layer.</summary>
    /// <param name="kernelMatrix">Kernel to points, (Tile + 2) x 3.</param>
    /// <param name="weights">(OutChannels, InChannels, 3, 3).</param>
    /// <param name="bias">One value for each output channel, or empty.</param>
    internal unsafe PackedWeights Pack(double[] kernelMatrix, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var packed = new PackedWeights(PointStride * Points, (long)OutBlocks * Block);
        bias.CopyTo(new Span<float>(packed.Bias, OutChannels));
        fixed (float* source = weights)
        fixed (double* matrix = kernelMatrix)
        {
            for (int o = 0; o < OutChannels; o += Lanes)
            {
                int tile = o / (TileBlocks * Block);
                float* target = packed.Weights + TileOffset(tile) + (o % (TileBlocks * Block));
                PackLanes(matrix, source + ((long)o * InChannels * Taps), Math.Min(Lanes, OutChannels - o), target, BlocksOf(tile) * Block);
            }
        }

        return packed;
    }

    /// <summary>Up to four output channels, all input channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void PackLanes(double* matrix, float* source, int lanes, float* target, int pitch)
    {
        long row = (long)InChannels * Taps;
        int side = Tile + 2;
        Vector256<double>* kernel = stackalloc Vector256<double>[Taps];
        Vector256<double>* half = stackalloc Vector256<double>[8 * 3];
        for (int c = 0; c < InChannels; c++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                float* value = source + ((long)c * Taps) + tap;
                kernel[tap] = Vector256.Create(
                    value[0],
                    lanes > 1 ? value[row] : 0d,
                    lanes > 2 ? value[2 * row] : 0d,
                    lanes > 3 ? value[3 * row] : 0d);
            }

            for (int i = 0; i < side; i++)
            {
                for (int x = 0; x < 3; x++)
                {
                    half[(i * 3) + x] = (matrix[i * 3] * kernel[x]) + (matrix[(i * 3) + 1] * kernel[3 + x])
                        + (matrix[(i * 3) + 2] * kernel[6 + x]);
                }
            }

            float* point = target + ((long)c * pitch);
            for (int i = 0; i < side; i++)
            {
                for (int j = 0; j < side; j++)
                {
                    Vector256<double> sum = (matrix[j * 3] * half[i * 3]) + (matrix[(j * 3) + 1] * half[(i * 3) + 1])
                        + (matrix[(j * 3) + 2] * half[(i * 3) + 2]);
                    Vector128.Store(Vector256.Narrow(sum, sum).GetLower(), point);
                    point += PointStride;
                }
            }
        }
    }
}
