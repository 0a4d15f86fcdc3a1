using System.Runtime.CompilerServices;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>Enlarges (or shrinks) a map by repeating pixels: source index = floor(index * (float)in / out), as PyTorch computes it.</summary>
internal sealed unsafe class UpsampleNearest : Step
{
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly int[] _rows;
    private readonly int[] _columns;

    internal UpsampleNearest(string name, in TensorView input, in TensorView output)
        : base(name)
    {
        _input = input;
        _output = output;
        _rows = Indices(input.Height, output.Height);
        _columns = Indices(input.Width, output.Width);
    }

    internal override int Items => _output.Batch * _output.Blocks;

    internal override string Describe() => $"nearest {_input} -> {_output}";

    /// <summary>The source index of each index of the output.</summary>
    internal static int[] Indices(int input, int output)
    {
        var indices = new int[output];
        float scale = (float)input / output;
        for (int i = 0; i < output; i++)
        {
            indices[i] = Math.Min((int)MathF.Floor(i * scale), input - 1);
        }

        return indices;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block) = Math.DivRem(item, _output.Blocks);
        int width = _output.Block;
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride);
        foreach (int row in _rows)
        {
            float* source = input + ((nint)row * _input.Width * width);
            foreach (int column in _columns)
            {
                new ReadOnlySpan<float>(source + ((nint)column * width), width).CopyTo(new Span<float>(output, width));
                output += width;
            }
        }
    }
}
