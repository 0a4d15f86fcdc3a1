namespace TorchSharp;

/// <summary>What the border around an image holds.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>The image, mirrored at its outermost pixels, which are not repeated.</summary>
    Reflect = 1,

    /// <summary>The nearest pixel.</summary>
    Replicate = 2,

    /// <summary>The image's other side.</summary>
    Circular = 3,

    /// <summary>A given value.</summary>
    Constant = 4,
}
