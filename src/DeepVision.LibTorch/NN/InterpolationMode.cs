namespace TorchSharp;

public static partial class torch
{
    /// <summary>How values between pixels are found.</summary>
    public enum InterpolationMode
    {
        /// <summary>The nearest pixel, by its corner, as older libraries take it.</summary>
        Nearest = 0,

        /// <summary>Linearly, along one axis.</summary>
        Linear = 1,

        /// <summary>Linearly, along two axes.</summary>
        Bilinear = 2,

        /// <summary>By a cubic, along two axes.</summary>
        Bicubic = 3,

        /// <summary>Linearly, along three axes.</summary>
        Trilinear = 4,

        /// <summary>The mean of the area.</summary>
        Area = 5,

        /// <summary>The nearest pixel, by its centre.</summary>
        NearestExact = 6,
    }
}
