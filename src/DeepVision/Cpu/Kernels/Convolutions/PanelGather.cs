using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// Copies what the pixels of a tile read into a dense panel (input block, tap, pixel, lane), zeros where the kernel hangs
/// over the map. One panel serves all output channels, so the copy costs little beside the sums, and every kernel size,
/// stride, dilation and padding becomes the same matrix product without edge cases.
/// </summary>
internal readonly unsafe struct PanelGather<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int MaxPixels = 16;
    private readonly ConvolutionGeometry _geometry;
    private readonly int _height;
    private readonly int _width;
    private readonly int _outWidth;
    private readonly nint _planeStride;
    private readonly nint _pixelStride;

    /// <param name="geometry">The convolution.</param>
    /// <param name="input">Its input.</param>
    /// <param name="outWidth">Width of its output.</param>
    /// <param name="pixelStride">Floats from one input pixel to the next.</param>
    internal PanelGather(ConvolutionGeometry geometry, in TensorView input, int outWidth, nint pixelStride)
    {
        _geometry = geometry;
        _height = input.Height;
        _width = input.Width;
        _outWidth = outWidth;
        _planeStride = (nint)input.PlaneStride;
        _pixelStride = pixelStride;
    }

    /// <summary>Fills a panel.</summary>
    /// <param name="blocks">The first of the input blocks to copy, at the image's first pixel.</param>
    /// <param name="blockCount">How many blocks.</param>
    /// <param name="firstPixel">The tile's first output pixel, counted row by row.</param>
    /// <param name="pixels">Output pixels to fill.</param>
    /// <param name="pitch">Pixels of the panel; those beyond <paramref name="pixels"/> become zero.</param>
    /// <param name="panel">Receives blockCount * taps * pitch vectors.</param>
    internal void Fill(float* blocks, int blockCount, int firstPixel, int pixels, int pitch, float* panel)
    {
        int* rows = stackalloc int[MaxPixels];
        int* columns = stackalloc int[MaxPixels];
        nint* offsets = stackalloc nint[MaxPixels];
        int outY = firstPixel / _outWidth;
        int outX = firstPixel - (outY * _outWidth);
        for (int p = 0; p < pixels; p++)
        {
            rows[p] = (outY * _geometry.Stride.Height) - _geometry.Padding.Top;
            columns[p] = (outX * _geometry.Stride.Width) - _geometry.Padding.Left;
            if (++outX == _outWidth)
            {
                outX = 0;
                outY++;
            }
        }

        nint blockFloats = _geometry.Taps * pitch * TOps.Width;
        for (int ky = 0; ky < _geometry.Kernel.Height; ky++)
        {
            for (int kx = 0; kx < _geometry.Kernel.Width; kx++)
            {
                for (int p = 0; p < pitch; p++)
                {
                    int y = rows[p] + (ky * _geometry.Dilation.Height);
                    int x = columns[p] + (kx * _geometry.Dilation.Width);
                    bool inside = p < pixels && (uint)y < (uint)_height && (uint)x < (uint)_width;
                    offsets[p] = inside ? (((nint)y * _width) + x) * _pixelStride : -1;
                }

                Copy(blocks, blockCount, offsets, pitch, panel, blockFloats);
                panel += pitch * TOps.Width;
            }
        }
    }

    private void Copy(float* source, int blockCount, nint* offsets, int pitch, float* target, nint blockFloats)
    {
        for (int block = 0; block < blockCount; block++)
        {
            for (int p = 0; p < pitch; p++)
            {
                nint offset = offsets[p];
                TOps.Store(target + (p * TOps.Width), offset >= 0 ? TOps.Load(source + offset) : TOps.Zero);
            }

            source += _planeStride;
            target += blockFloats;
        }
    }
}
