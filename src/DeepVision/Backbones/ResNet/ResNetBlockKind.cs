namespace DeepVision.Backbones;

/// <summary>The residual block of a ResNet.</summary>
public enum ResNetBlockKind
{
    /// <summary>3x3, 3x3; the output is as wide as the block.</summary>
    Basic,

    /// <summary>1x1, 3x3 (which carries the stride), 1x1; the output is four times as wide as the block.</summary>
    Bottleneck,
}
