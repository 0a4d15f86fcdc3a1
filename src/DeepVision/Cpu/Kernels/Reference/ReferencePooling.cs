using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Kernels.Reference;

/// <summary>Pools by PyTorch's definitions.</summary>
internal static unsafe class ReferencePooling
{
    /// <summary>Pools one plane with windows.</summary>
    internal static void Windows(
        PoolMode mode, Size2D kernel, Size2D stride, Padding2D padding, Size2D dilation, float* x, in TensorView input, float* y, in TensorView output)
    {
        for (int outY = 0; outY < output.Height; outY++)
        {
            for (int outX = 0; outX < output.Width; outX++)
            {
                int top = (outY * stride.Height) - padding.Top;
                int left = (outX * stride.Width) - padding.Left;
                double sum = 0;
                float largest = float.NegativeInfinity;
                int inside = 0;
                int counted = 0;
                for (int ky = 0; ky < kernel.Height; ky++)
                {
                    for (int kx = 0; kx < kernel.Width; kx++)
                    {
                        int inY = top + (ky * dilation.Height);
                        int inX = left + (kx * dilation.Width);
                        if (inY >= 0 && inY < input.Height && inX >= 0 && inX < input.Width)
                        {
                            float value = x[((long)inY * input.Width) + inX];
                            sum += value;
                            largest = MathF.Max(largest, value);
                            inside++;
                        }

                        // What lies beyond the padding behind the map (a partly covered last window) never counts.
                        counted += inY < input.Height + padding.Bottom && inX < input.Width + padding.Right ? 1 : 0;
                    }
                }

                y[((long)outY * output.Width) + outX] = mode switch
                {
                    PoolMode.Max => largest,
                    PoolMode.Average => (float)(sum / inside),
                    _ => (float)(sum / counted),
                };
            }
        }
    }

    /// <summary>Pools one plane to a fixed size.</summary>
    internal static void Adaptive(PoolMode mode, float* x, in TensorView input, float* y, in TensorView output)
    {
        for (int outY = 0; outY < output.Height; outY++)
        {
            int top = (int)Math.Floor((double)outY * input.Height / output.Height);
            int bottom = (int)Math.Ceiling((outY + 1.0) * input.Height / output.Height);
            for (int outX = 0; outX < output.Width; outX++)
            {
                int left = (int)Math.Floor((double)outX * input.Width / output.Width);
                int right = (int)Math.Ceiling((outX + 1.0) * input.Width / output.Width);
                double sum = 0;
                float largest = float.NegativeInfinity;
                for (int inY = top; inY < bottom; inY++)
                {
                    for (int inX = left; inX < right; inX++)
                    {
                        float value = x[((long)inY * input.Width) + inX];
                        sum += value;
                        largest = MathF.Max(largest, value);
                    }
                }

                y[((long)outY * output.Width) + outX] =
                    mode == PoolMode.Max ? largest : (float)(sum / ((bottom - top) * (right - left)));
            }
        }
    }

    /// <summary>The mean or the largest of the channels at each pixel of one image.</summary>
    internal static void Channels(PoolMode mode, float* x, in TensorView input, float* y)
    {
        for (int p = 0; p < input.Pixels; p++)
        {
            double sum = 0;
            float largest = float.NegativeInfinity;
            for (int c = 0; c < input.Channels; c++)
            {
                float value = x[(c * input.PlaneStride) + p];
                sum += value;
                largest = MathF.Max(largest, value);
            }

            y[p] = mode == PoolMode.Max ? largest : (float)(sum / input.Channels);
        }
    }
}
