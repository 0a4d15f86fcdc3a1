using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>What a convolution does along the spatial axes and across channels; sizes come with the tensors.</summary>
internal readonly record struct ConvolutionGeometry(
    Size2D Kernel, Size2D Stride, Padding2D Padding, Size2D Dilation, int Groups)
{
    internal int Taps => Kernel.Height * Kernel.Width;

    /// <summary>Whether output pixel i reads input pixel i only.</summary>
    internal bool IsPointwise => Taps == 1 && Stride == Size2D.One && Padding == Padding2D.None;

    public override string ToString() =>
        $"{Kernel}{(Stride == Size2D.One ? "" : $" s{Stride}")}{(Padding == Padding2D.None ? "" : $" p{Padding}")}"
        + $"{(Dilation == Size2D.One ? "" : $" d{Dilation}")}{(Groups == 1 ? "" : $" g{Groups}")}";
}
