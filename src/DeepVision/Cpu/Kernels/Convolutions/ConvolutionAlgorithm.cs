namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>How a convolution is computed. It decides about rounding, so it depends on the layer, the typical input and the options only.</summary>
internal enum ConvolutionAlgorithm
{
    /// <summary>The sum as it is defined.</summary>
    Direct,

    /// <summary>Winograd's F(2 x 2, 3 x 3).</summary>
    Winograd2,

    /// <summary>Winograd's F(4 x 4, 3 x 3).</summary>
    Winograd4,
}
