using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>An activation, or a factor and a shift for each channel (a batch norm that could not be folded). In place or not.</summary>
internal sealed unsafe class Unary<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly Activation _activation;
    private readonly PackedWeights? _affine;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    /// <param name="name">The node.</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="affine">Factors as weights and shifts as bias, both padded to whole blocks by zeros; or null.</param>
    /// <param name="input">What is read.</param>
    /// <param name="output">What is written; may be the same place.</param>
    internal Unary(string name, Activation activation, PackedWeights? affine, in TensorView input, in TensorView output)
        : base(name)
    {
        _activation = activation;
        _affine = affine;
        _input = input;
        _output = output;
        _runs = new PixelRuns(output);
    }

    internal override int Items => _runs.Count;

    internal override string Describe() =>
        $"{(_affine != null ? "factor and shift " : "")}{(_activation.Kind == ActivationKind.Identity ? "" : $"{_activation} ")}{_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride) + ((nint)first * TOps.Width);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride) + ((nint)first * TOps.Width);
        float* source = input;
        if (_affine != null)
        {
            TVector factor = TOps.Load(_affine.Weights + (block * TOps.Width));
            TVector shift = TOps.Load(_affine.Bias + (block * TOps.Width));
            for (nint i = 0; i < (nint)count * TOps.Width; i += TOps.Width)
            {
                TOps.Store(output + i, TOps.MultiplyAdd(TOps.Load(input + i), factor, shift));
            }

            source = output;
        }

        ActivationKernel<TOps, TVector>.Run(_activation, source, output, count);
        if (block == _output.Blocks - 1 && ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind))
        {
            ChannelTail.Clear(output, count, TOps.Width, _output.LastLanes);
        }
    }
}
