using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Reference;

/// <summary>Convolution by its definition, summed in double precision; a linear layer is one on maps of one pixel.</summary>
internal static unsafe class ReferenceConvolution
{
    /// <summary>Computes one output channel of one image.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="weights">(output channels, input channels of a group, kernel height, kernel width).</param>
    /// <param name="bias">One value for each output channel.</param>
    /// <param name="x">One planar image.</param>
    /// <param name="input">The view that <paramref name="x"/> belongs to.</param>
    /// <param name="residual">The plane to add, or null.</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="y">The plane to write.</param>
    /// <param name="output">The view that <paramref name="y"/> belongs to.</param>
    /// <param name="channel">Which output channel.</param>
    internal static void Run(
        ConvolutionGeometry geometry,
        float* weights,
        float* bias,
        float* x,
        in TensorView input,
        float* residual,
        Activation activation,
        float* y,
        in TensorView output,
        int channel)
    {
        int groupIn = input.Channels / geometry.Groups;
        int group = channel / (output.Channels / geometry.Groups);
        float* filter = weights + ((long)channel * groupIn * geometry.Taps);
        for (int outY = 0; outY < output.Height; outY++)
        {
            for (int outX = 0; outX < output.Width; outX++)
            {
                double sum = bias[channel];
                for (int c = 0; c < groupIn; c++)
                {
                    float* plane = x + (((group * groupIn) + c) * input.PlaneStride);
                    for (int ky = 0; ky < geometry.Kernel.Height; ky++)
                    {
                        int inY = (outY * geometry.Stride.Height) - geometry.Padding.Top + (ky * geometry.Dilation.Height);
                        for (int kx = 0; kx < geometry.Kernel.Width; kx++)
                        {
                            int inX = (outX * geometry.Stride.Width) - geometry.Padding.Left + (kx * geometry.Dilation.Width);
                            if (inY >= 0 && inY < input.Height && inX >= 0 && inX < input.Width)
                            {
                                double weight = filter[(((c * geometry.Kernel.Height) + ky) * geometry.Kernel.Width) + kx];
                                sum += plane[((long)inY * input.Width) + inX] * weight;
                            }
                        }
                    }
                }

                long offset = ((long)outY * output.Width) + outX;
                sum += residual != null ? residual[offset] : 0;
                y[offset] = (float)ReferenceActivation.Apply(activation, sum);
            }
        }
    }
}
