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
    : IWeightPacking
{
    private const int TileBlocks = 2;
    private const int Taps = 9;
    private const int Lanes = 4;
    private const int MaxBlock = 16;
    private const int MaxPoints = 36;
    private const int ChannelsAtOnce = 8;

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

    public long WeightFloats => PointStride * Points;

    public long BiasFloats => (long)OutBlocks * Block;

    public int RowFloats => InChannels * Taps;

    /// <summary>A part is a pair of output blocks.</summary>
    public int Parts => OutTiles;

    public int FirstRow(int part) => Math.Min(part * TileBlocks * Block, OutChannels);

    public unsafe void PackPart(int part, float* rows, float* weights)
    {
        int pitch = BlocksOf(part) * Block;
        int count = FirstRow(part + 1) - FirstRow(part);
        float* target = weights + TileOffset(part);
        float* lanes = stackalloc float[ChannelsAtOnce * Taps * TileBlocks * MaxBlock];
        float* points = stackalloc float[MaxPoints * TileBlocks * MaxBlock];
        new Span<float>(lanes, ChannelsAtOnce * Taps * pitch).Clear();
        fixed (double* matrix = WinogradMatrices.OfKernel(Tile))
        {
            for (int first = 0; first < InChannels; first += ChannelsAtOnce)
            {
                int channels = Math.Min(ChannelsAtOnce, InChannels - first);
                WeightTransposition.Run(rows + ((long)first * Taps), RowFloats, count, channels * Taps, lanes, pitch, null);
                for (int c = 0; c < channels; c++)
                {
                    Transform(matrix, lanes + (c * Taps * pitch), points, pitch);
                    Scatter(points, target + ((long)(first + c) * pitch), pitch, count);
                }
            }
        }

        int padded = InBlocks * Block;
        for (int point = 0; point < Points && InChannels < padded; point++)
        {
            new Span<float>(target + (point * PointStride) + ((long)InChannels * pitch), (padded - InChannels) * pitch).Clear();
        }
    }

    public void PackBias(ReadOnlySpan<float> bias, Span<float> packed) => bias.CopyTo(packed);

    /// <summary>All points of one input channel to their places, so that each gets whole cache lines at once.</summary>
    private unsafe void Scatter(float* points, float* target, int pitch, int count)
    {
        for (int point = 0; point < Points; point++)
        {
            var lanes = new Span<float>(target + (point * PointStride), pitch);
            new ReadOnlySpan<float>(points + (point * pitch), count).CopyTo(lanes);
            lanes[count..].Clear();
        }
    }

    /// <summary>One input channel: nine taps with a lane for each output channel become the points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Transform(double* matrix, float* taps, float* points, int pitch)
    {
        int side = Tile + 2;
        Vector256<double>* kernel = stackalloc Vector256<double>[Taps];
        Vector256<double>* half = stackalloc Vector256<double>[8 * 3];
        for (int lane = 0; lane < pitch; lane += Lanes)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                (Vector128<double> low, Vector128<double> high) = Vector128.Widen(Vector128.Load(taps + (tap * pitch) + lane));
                kernel[tap] = Vector256.Create(low, high);
            }

            for (int i = 0; i < side; i++)
            {
                for (int x = 0; x < 3; x++)
                {
                    half[(i * 3) + x] = (matrix[i * 3] * kernel[x]) + (matrix[(i * 3) + 1] * kernel[3 + x])
                        + (matrix[(i * 3) + 2] * kernel[6 + x]);
                }
            }

            float* point = points + lane;
            for (int i = 0; i < side; i++)
            {
                for (int j = 0; j < side; j++)
                {
                    Vector256<double> sum = (matrix[j * 3] * half[i * 3]) + (matrix[(j * 3) + 1] * half[(i * 3) + 1])
                        + (matrix[(j * 3) + 2] * half[(i * 3) + 2]);
                    Vector128.Narrow(sum.GetLower(), sum.GetUpper()).Store(point);
                    point += pitch;
                }
            }
        }
    }
}
