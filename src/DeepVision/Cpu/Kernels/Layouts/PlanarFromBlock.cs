using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>Blocks of channels to plain (N, C, H, W), which a flattened vector is too.</summary>
internal sealed unsafe class PlanarFromBlock : Step
{
    private const int TilePixels = 64;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    /// <param name="name">The node.</param>
    /// <param name="input">Blocks.</param>
    /// <param name="output">Planar, of the same extents; floats between its last plane and the next image become zero.</param>
    internal PlanarFromBlock(string name, in TensorView input, in TensorView output)
        : base(name)
    {
        _input = input;
        _output = output;
        _runs = new PixelRuns(input);
    }

    internal override int Items => _runs.Count;

    internal override string Describe() => $"to planes {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        int width = _input.Block;
        int lanes = Math.Min(width, _input.Channels - (block * width));
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride) + ((nint)first * width);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * width * _output.PlaneStride) + first;

        if (block == _input.Blocks - 1 && first + count == _input.Pixels)
        {
            long used = _output.Channels * _output.PlaneStride;
            new Span<float>(_output.Resolve(slots) + (image * _output.ImageStride) + used, (int)(_output.ImageStride - used)).Clear();
        }

        // A tile of pixels stays in the first-level cache while its lanes go to their planes one after the other.
        for (nint start = 0; start < count; start += TilePixels)
        {
            nint end = Math.Min(start + TilePixels, count);
            for (int lane = 0; lane < lanes; lane++)
            {
                float* plane = output + (lane * _output.PlaneStride);
                for (nint p = start; p < end; p++)
                {
                    plane[p] = input[(p * width) + lane];
                }
            }
        }
    }
}
