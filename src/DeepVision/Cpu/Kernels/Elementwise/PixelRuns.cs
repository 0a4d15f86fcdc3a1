using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>Cuts a blocked tensor into runs of neighboring pixels of one block: the items of elementwise steps.</summary>
internal readonly struct PixelRuns
{
    private const int MaxPixels = 1024;
    private readonly int _blocks;
    private readonly int _pixels;
    private readonly int _runsPerPlane;

    internal PixelRuns(in TensorView view)
    {
        _blocks = view.Blocks;
        _pixels = view.Pixels;
        _runsPerPlane = Bands.Count(view, (_pixels + MaxPixels - 1) / MaxPixels);
        Count = view.Batch * _blocks * _runsPerPlane;
    }

    internal int Count { get; }

    internal (int Image, int Block, int FirstPixel, int Pixels) this[int item]
    {
        get
        {
            (int rest, int block) = Math.DivRem(item, _blocks);
            (int image, int run) = Math.DivRem(rest, _runsPerPlane);
            int first = (int)((long)_pixels * run / _runsPerPlane);
            return (image, block, first, (int)((long)_pixels * (run + 1) / _runsPerPlane) - first);
        }
    }
}
