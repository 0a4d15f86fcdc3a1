using DeepVision.Graphs;

namespace DeepVision.Tests.Cpu.Kernels;

/// <summary>One convolution to check.</summary>
public sealed record ConvolutionCase(
    int Batch, int InChannels, int OutChannels, int Height, int Width, int KernelHeight, int KernelWidth)
{
    public int StrideHeight { get; init; } = 1;

    public int StrideWidth { get; init; } = 1;

    public Padding2D Padding { get; init; }

    public int Dilation { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public bool Residual { get; init; }

    public bool Planar { get; init; }

    public ActivationKind Activation { get; init; }

    internal int OutHeight => ((Height + Padding.Vertical - (Dilation * (KernelHeight - 1)) - 1) / StrideHeight) + 1;

    internal int OutWidth => ((Width + Padding.Horizontal - (Dilation * (KernelWidth - 1)) - 1) / StrideWidth) + 1;
}
