using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Tokens;

/// <summary>
/// The pixels of a map behind a class token. Tokens are a map one pixel wide, so each block's plane is copied as it is. An item
/// is a run of pixels of one block of channels.
/// </summary>
internal sealed unsafe class TokensFromMap : Step
{
    private readonly PackedWeights _classToken;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    /// <param name="name">The node.</param>
    /// <param name="classToken">A value for each channel, padded to whole blocks by zeros.</param>
    /// <param name="input">The map.</param>
    /// <param name="output">Its tokens, one more than there are pixels.</param>
    internal TokensFromMap(string name, PackedWeights classToken, in TensorView input, in TensorView output)
        : base(name)
    {
        _classToken = classToken;
        _input = input;
        _output = output;
        _runs = new PixelRuns(input);
    }

    internal override int Items => _runs.Count;

    internal override string Describe() => $"tokens {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        int width = _input.Block;
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride) + ((nint)first * width);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride);
        if (first == 0)
        {
            new ReadOnlySpan<float>(_classToken.Weights + (block * width), width).CopyTo(new Span<float>(output, width));
        }

        long bytes = (long)count * width * sizeof(float);
        Buffer.MemoryCopy(input, output + ((nint)(first + 1) * width), bytes, bytes);
    }
}
