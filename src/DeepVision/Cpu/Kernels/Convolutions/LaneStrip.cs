using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// Neighbouring output pixels of a convolution whose lanes do not mix: each tap multiplies a vector of inputs by a vector of
/// weights. Eight sums, a weight and an input: 10 registers.
/// </summary>
internal static unsafe class LaneStrip<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    internal const int Pixels = 8;

    /// <summary>Sums <see cref="Pixels"/> pixels.</summary>
    /// <param name="input">What the first pixel's first tap reads; inputs are (channel of the group, row, column, lane).</param>
    /// <param name="weights">(channel of the group, tap, lane).</param>
    /// <param name="bias">One vector.</param>
    /// <param name="output">Receives the pixels densely.</param>
    /// <param name="shape">Extents and strides.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RunEight(float* input, float* weights, float* bias, float* output, in LaneStripShape shape)
    {
        TVector a0 = TOps.Load(bias);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        nint step = shape.PixelStride;
        nint columnStep = shape.ColumnStride;
        for (nint channel = 0; channel < shape.Channels; channel++)
        {
            float* plane = input + (channel * shape.ChannelStride);
            for (nint ky = 0; ky < shape.KernelHeight; ky++)
            {
                float* x = plane + (ky * shape.RowStride);
                for (nint kx = shape.KernelWidth; kx > 0; kx--)
                {
                    TVector w = TOps.Load(weights);
                    weights += TOps.Width;
                    float* far = x + (4 * step);
                    a0 = TOps.MultiplyAdd(TOps.Load(x), w, a0);
                    a1 = TOps.MultiplyAdd(TOps.Load(x + step), w, a1);
                    a2 = TOps.MultiplyAdd(TOps.Load(x + (2 * step)), w, a2);
                    a3 = TOps.MultiplyAdd(TOps.Load(far - step), w, a3);
                    a4 = TOps.MultiplyAdd(TOps.Load(far), w, a4);
                    a5 = TOps.MultiplyAdd(TOps.Load(far + step), w, a5);
                    a6 = TOps.MultiplyAdd(TOps.Load(far + (2 * step)), w, a6);
                    a7 = TOps.MultiplyAdd(TOps.Load(far + (3 * step)), w, a7);
                    x += columnStep;
                }
            }
        }

        TOps.Store(output, a0);
        TOps.Store(output + TOps.Width, a1);
        TOps.Store(output + (2 * TOps.Width), a2);
        TOps.Store(output + (3 * TOps.Width), a3);
        TOps.Store(output + (4 * TOps.Width), a4);
        TOps.Store(output + (5 * TOps.Width), a5);
        TOps.Store(output + (6 * TOps.Width), a6);
        TOps.Store(output + (7 * TOps.Width), a7);
    }

    /// <summary>Sums one pixel, in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RunOne(float* input, float* weights, float* bias, float* output, in LaneStripShape shape)
    {
        TVector sum = TOps.Load(bias);
        for (nint channel = 0; channel < shape.Channels; channel++)
        {
            for (nint ky = 0; ky < shape.KernelHeight; ky++)
            {
                float* x = input + (channel * shape.ChannelStride) + (ky * shape.RowStride);
                for (nint kx = shape.KernelWidth; kx > 0; kx--)
                {
                    sum = TOps.MultiplyAdd(TOps.Load(x), TOps.Load(weights), sum);
                    weights += TOps.Width;
                    x += shape.ColumnStride;
                }
            }
        }

        TOps.Store(output, sum);
    }
}

/// <summary>Extents and strides, in floats, of the padded inputs of a <see cref="LaneStrip{TOps, TVector}"/>.</summary>
internal readonly record struct LaneStripShape(
    nint Channels, nint KernelHeight, nint KernelWidth, nint ChannelStride, nint RowStride, nint ColumnStride, nint PixelStride);
