namespace DeepVision.Cpu.Kernels.Tiles;

/// <summary>How the input values of a tile lie in memory.</summary>
internal interface IInputOrder
{
    /// <summary>Floats from one pixel to the next.</summary>
    static abstract int PixelStride(int width);

    /// <summary>Floats from one tap to the next within a block.</summary>
    static abstract int LaneStride(int width);
}

/// <summary>Pixel after pixel, each with a vector of channels: the layout of activations.</summary>
internal readonly struct PixelMajor : IInputOrder
{
    public static int PixelStride(int width) => width;

    public static int LaneStride(int width) => 1;
}

/// <summary>Tap after tap, each with the pixels of the tile, <see cref="Pitch"/> apart: what is gathered from a planar image.</summary>
internal readonly struct TapMajor : IInputOrder
{
    /// <summary>Floats from one tap to the next; no tile has more pixels.</summary>
    public const int Pitch = 16;

    public static int PixelStride(int width) => 1;

    public static int LaneStride(int width) => Pitch;
}
