using System.Runtime.CompilerServices;
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
    private readonly int _pixelStride;

    /// <param name="geometry">The convolution.</param>
    /// <param name="input">Its input.</param>
    /// <param name="outWidth">Width of its output.</param>
    /// <param name="pixelStride">Floats from one input pixel to the next.</param>
    internal PanelGather(ConvolutionGeometry geometry, in TensorView input, int outWidth, int pixelStride)
    {
        _geometry = geometry;
        _height = input.Height;
        _width = input.Width;
        _outWidth = outWidth;
        _planeStride = (nint)input.PlaneStride;
        _pixelStride = pixelStride;
    }

    /// <summary>Entries of the offset table that <see cref="Fill"/> needs.</summary>
    internal static int TableLength(int taps) => taps * MaxPixels;

    /// <summary>Fills a panel.</summary>
    /// <param name="blocks">The first of the input blocks to copy, at the image's first pixel.</param>
    /// <param name="blockCount">How many blocks.</param>
    /// <param name="firstPixel">The tile's first output pixel, counted row by row.</param>
    /// <param name="pixels">Output pixels to fill.</param>
    /// <param name="pitch">Pixels of the panel; those beyond <paramref name="pixels"/> become zero.</param>
    /// <param name="panel">Receives blockCount * taps * pitch vectors.</param>
    /// <param name="table">Room for <see cref="TableLength"/> offsets.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Fill(float* blocks, int blockCount, int firstPixel, int pixels, int pitch, float* panel, int* table)
    {
        FindOffsets(firstPixel, pixels, pitch, table);
        int count = _geometry.Taps * pitch;
        for (int block = 0; block < blockCount; block++)
        {
            for (nint i = 0; i < count; i++)
            {
                nint offset = table[i];
                TOps.Store(panel, offset >= 0 ? TOps.Load(blocks + offset) : TOps.Zero);
                panel += TOps.Width;
            }

            blocks += _planeStride;
        }
    }

    /// <summary>For each tap and pixel where in a plane its value lies, or -1 outside of the map: the same for every block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindOffsets(int firstPixel, int pixels, int pitch, int* table)
    {
        int firstY = firstPixel / _outWidth;
        int firstX = firstPixel - (firstY * _outWidth);
        for (int ky = 0; ky < _geometry.Kernel.Height; ky++)
        {
            for (int kx = 0; kx < _geometry.Kernel.Width; kx++)
            {
                int outY = firstY;
                int outX = firstX;
                for (int p = 0; p < pitch; p++)
                {
                    int y = (outY * _geometry.Stride.Height) - _geometry.Padding.Top + (ky * _geometry.Dilation.Height);
                    int x = (outX * _geometry.Stride.Width) - _geometry.Padding.Left + (kx * _geometry.Dilation.Width);
                    bool inside = p < pixels && (uint)y < (uint)_height && (uint)x < (uint)_width;
                    *table++ = inside ? ((y * _width) + x) * _pixelStride : -1;
                    if (++outX == _outWidth)
                    {
                        outX = 0;
                        outY++;
                    }
                }
            }
        }
    }
}
