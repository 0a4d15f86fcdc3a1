namespace DeepVision.Backbones;

/// <summary>The residual block of an EfficientNet's stage.</summary>
public enum EfficientNetBlockKind
{
    /// <summary>1x1 expansion, depthwise convolution, squeeze-and-excitation, 1x1 projection.</summary>
    MbConv,

    /// <summary>One full convolution that expands, and a 1x1 projection; without expansion the convolution alone.</summary>
    FusedMbConv,
}
