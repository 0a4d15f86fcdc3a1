using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>Plain (N, C, H, W) to blocks of channels.</summary>
internal sealed unsafe class BlockFromPlanar : Step
{
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    internal BlockFromPlanar(string name, in TensorView input, in TensorView output)
        : base(name)
    {
        _input = input;
        _output = output;
        _runs = new PixelRuns(output);
    }

    internal override int Items => _runs.Count;

    internal override string Describe() => $"to blocks {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        int width = _output.Block;
        int lanes = Math.Min(width, _output.Channels - (block * width));
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * width * _input.PlaneStride) + first;
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride) + ((nint)first * width);
        for (int lane = 0; lane < width; lane++)
        {
            for (nint p = 0; p < count; p++)
            {
                output[(p * width) + lane] = lane < lanes ? input[p] : 0;
            }

            input += _input.PlaneStride;
        }
    }
}
