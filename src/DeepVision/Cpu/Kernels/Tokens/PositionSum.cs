using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Tokens;

/// <summary>Adds the learned vector of its position to each token. An item is a run of tokens of one block of channels.</summary>
internal sealed unsafe class PositionSum<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly PackedWeights _positions;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    /// <param name="name">The node.</param>
    /// <param name="positions">Laid out as one image of the tokens, planes without a gap.</param>
    /// <param name="input">Tokens.</param>
    /// <param name="output">What is written.</param>
    internal PositionSum(string name, PackedWeights positions, in TensorView input, in TensorView output)
        : base(name)
    {
        _positions = positions;
        _input = input;
        _output = output;
        _runs = new PixelRuns(output);
    }

    internal override int Items => _runs.Count;

    internal override string Describe() => $"positions {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        nint start = (nint)first * TOps.Width;
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride) + start;
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride) + start;
        float* positions = _positions.Weights + ((nint)block * _input.Pixels * TOps.Width) + start;
        for (nint i = 0; i < (nint)count * TOps.Width; i += TOps.Width)
        {
            TOps.Store(output + i, TOps.Add(TOps.Load(input + i), TOps.Load(positions + i)));
        }
    }
}
