namespace TorchSharp;

/// <summary>The padding of a convolution, by its effect.</summary>
public enum Padding
{
    /// <summary>None.</summary>
    Valid = 0,

    /// <summary>As much as keeps the image's size.</summary>
    Same = 1,
}
