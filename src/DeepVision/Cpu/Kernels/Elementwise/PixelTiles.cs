using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>Cuts maps into short runs of neighboring pixels with all their channels: the items of steps along the channels.</summary>
internal readonly struct PixelTiles
{
    /// <summary>At most so many pixels: a kilobyte of each block, so that a tile of 768 channels stays near the first-level cache.</summary>
    internal const int MaxPixels = 16;

    private readonly int _pixels;
    private readonly int _tilesPerImage;

    internal PixelTiles(in TensorView view)
    {
        _pixels = view.Pixels;
        _tilesPerImage = (_pixels + MaxPixels - 1) / MaxPixels;
        Count = view.Batch * _tilesPerImage;
    }

    internal int Count { get; }

    internal (int Image, int FirstPixel, int Pixels) this[int item]
    {
        get
        {
            (int image, int tile) = Math.DivRem(item, _tilesPerImage);
            int first = tile * MaxPixels;
            return (image, first, Math.Min(MaxPixels, _pixels - first));
        }
    }
}
