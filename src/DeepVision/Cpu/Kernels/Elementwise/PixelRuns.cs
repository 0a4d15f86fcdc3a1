using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>Cuts a blocked tensor into runs of neighbouring pixels of one block: the items of elementwise steps.</summary>
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
        _runsPerPlane = (_pixels + MaxPixels - 1) / MaxPixels;
        Count = view.Batch * _blocks * _runsPerPlane;
    }

    internal int Count { get; }

    internal (int Image, int Block, int FirstPixel, int Pixels) this[int item]
    {
        get
        {
            (int rest, int run) = Math.DivRem(item, _runsPerPlane);
            (int image, int block) = Math.DivRem(rest, _blocks);
            int first = run * MaxPixels;
            return (image, block, first, Math.Min(MaxPixels, _pixels - first));
        }
    }
}
