namespace TorchSharp;

public static partial class torch
{
    /// <summary>How <see cref="Modules.Upsample"/> finds values between pixels.</summary>
    public enum UpsampleMode
    {
        /// <summary>The nearest pixel.</summary>
        Nearest = 0,

        /// <summary>Linearly, along one axis.</summary>
        Linear = 1,

        /// <summary>Linearly, along two axes.</summary>
        Bilinear = 2,

        /// <summary>By a cubic, along two axes.</summary>
        Bicubic = 3,

        /// <summary>Linearly, along three axes.</summary>
        Trilinear = 4,
    }
}
