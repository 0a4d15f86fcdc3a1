using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Normalization;

/// <summary>
/// Reduces the channels of each pixel of a tile: block by block into one vector for each pixel, in float32, then its lanes in
/// double. Lanes beyond the last channel never count.
/// </summary>
internal static unsafe class ChannelReduction<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>The sum of each pixel's channels.</summary>
    /// <param name="view">The map.</param>
    /// <param name="input">The tile's first pixel in the first block.</param>
    /// <param name="pixels">Pixels of the tile.</param>
    /// <param name="vectors">Scratch: a vector for each pixel.</param>
    /// <param name="sums">Receives a sum for each pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sum(in TensorView view, float* input, int pixels, float* vectors, double* sums)
    {
        new Span<float>(vectors, pixels * TOps.Width).Clear();
        for (int block = 0; block < view.Blocks; block++, input += view.PlaneStride)
        {
            for (nint i = 0; i < (nint)pixels * TOps.Width; i += TOps.Width)
            {
                TOps.Store(vectors + i, TOps.Add(TOps.Load(vectors + i), TOps.Load(input + i)));
            }
        }

        AddLanes(vectors, pixels, sums);
    }

    /// <summary>The sum over each pixel's channels of the square of the distance from the pixel's center.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SumSquares(in TensorView view, float* input, int pixels, float* centers, float* vectors, double* sums)
    {
        float* mask = stackalloc float[TOps.Width];
        for (int lane = 0; lane < TOps.Width; lane++)
        {
            mask[lane] = lane < view.LastLanes ? 1 : 0;
        }

        new Span<float>(vectors, pixels * TOps.Width).Clear();
        for (int block = 0; block < view.Blocks; block++, input += view.PlaneStride)
        {
            TVector factor = block == view.Blocks - 1 ? TOps.Load(mask) : TOps.Broadcast(1);
            for (int p = 0; p < pixels; p++)
            {
                nint i = (nint)p * TOps.Width;
                TVector distance = TOps.Multiply(TOps.Subtract(TOps.Load(input + i), TOps.Broadcast(centers[p])), factor);
                TOps.Store(vectors + i, TOps.MultiplyAdd(distance, distance, TOps.Load(vectors + i)));
            }
        }

        AddLanes(vectors, pixels, sums);
    }

    /// <summary>The largest of each pixel's channels; NaN wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Max(in TensorView view, float* input, int pixels, float* vectors, double* largest)
    {
        // Zeros beyond the last channel would win over negative channels.
        float* hidden = stackalloc float[TOps.Width];
        for (int lane = 0; lane < TOps.Width; lane++)
        {
            hidden[lane] = lane < view.LastLanes ? 0 : float.NegativeInfinity;
        }

        new Span<float>(vectors, pixels * TOps.Width).Fill(float.NegativeInfinity);
        for (int block = 0; block < view.Blocks; block++, input += view.PlaneStride)
        {
            TVector addend = block == view.Blocks - 1 ? TOps.Load(hidden) : TOps.Zero;
            for (nint i = 0; i < (nint)pixels * TOps.Width; i += TOps.Width)
            {
                TOps.Store(vectors + i, TOps.Max(TOps.Load(vectors + i), TOps.Add(TOps.Load(input + i), addend)));
            }
        }

        for (int p = 0; p < pixels; p++)
        {
            float value = vectors[p * TOps.Width];
            for (int lane = 1; lane < TOps.Width; lane++)
            {
                value = MathF.Max(value, vectors[(p * TOps.Width) + lane]);
            }

            largest[p] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLanes(float* vectors, int pixels, double* sums)
    {
        for (int p = 0; p < pixels; p++)
        {
            double sum = 0;
            for (int lane = 0; lane < TOps.Width; lane++)
            {
                sum += vectors[(p * TOps.Width) + lane];
            }

            sums[p] = sum;
        }
    }
}
