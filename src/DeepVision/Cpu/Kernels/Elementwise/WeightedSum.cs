using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>The sum of some maps of one shape, each times its own factor. An item is a run of pixels of one block of channels.</summary>
internal sealed unsafe class WeightedSum<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly TensorView[] _inputs;
    private readonly PackedWeights _factors;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    /// <param name="name">The node.</param>
    /// <param name="inputs">At least two maps.</param>
    /// <param name="factors">A weight for each of them.</param>
    /// <param name="output">What is written.</param>
    internal WeightedSum(string name, TensorView[] inputs, PackedWeights factors, in TensorView output)
        : base(name)
    {
        _inputs = inputs;
        _factors = factors;
        _output = output;
        _runs = new PixelRuns(output);
    }

    internal override int Items => _runs.Count;

    internal override string Describe() => $"weighted sum {string.Join(", ", _inputs)} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        float* output = Find(_output, slots, image, block, first);
        float* left = Find(_inputs[0], slots, image, block, first);
        float* right = Find(_inputs[1], slots, image, block, first);
        TVector leftFactor = TOps.Broadcast(_factors.Weights[0]);
        TVector rightFactor = TOps.Broadcast(_factors.Weights[1]);
        nint length = (nint)count * TOps.Width;
        for (nint i = 0; i < length; i += TOps.Width)
        {
            TOps.Store(output + i, TOps.MultiplyAdd(TOps.Load(right + i), rightFactor, TOps.Multiply(TOps.Load(left + i), leftFactor)));
        }

        for (int k = 2; k < _inputs.Length; k++)
        {
            float* input = Find(_inputs[k], slots, image, block, first);
            TVector factor = TOps.Broadcast(_factors.Weights[k]);
            for (nint i = 0; i < length; i += TOps.Width)
            {
                TOps.Store(output + i, TOps.MultiplyAdd(TOps.Load(input + i), factor, TOps.Load(output + i)));
            }
        }

        if (block == _output.Blocks - 1)
        {
            // A factor of NaN would show beyond the last channel.
            ChannelTail.Clear(output, count, TOps.Width, _output.LastLanes);
        }
    }

    private static float* Find(in TensorView view, float** slots, int image, int block, int pixel) =>
        view.Resolve(slots) + (image * view.ImageStride) + (block * view.PlaneStride) + ((nint)pixel * TOps.Width);
}
