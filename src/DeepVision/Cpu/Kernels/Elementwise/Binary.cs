using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Elementwise;

/// <summary>
/// The sum or product of two maps, then an activation; a right-hand map of one pixel stands for every pixel, one of one channel
/// for every channel. An item is a run of pixels of one block of channels.
/// </summary>
internal sealed unsafe class Binary<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly BinaryOperation _operation;
    private readonly TensorView _left;
    private readonly TensorView _right;
    private readonly TensorView _output;
    private readonly Activation _activation;
    private readonly PixelRuns _runs;
    private readonly bool _rightIsOneChannel;

    internal Binary(
        string name, BinaryOperation operation, in TensorView left, in TensorView right, in TensorView output, Activation activation)
        : base(name)
    {
        _operation = operation;
        _left = left;
        _right = right;
        _output = output;
        _activation = activation;
        _runs = new PixelRuns(output);
        _rightIsOneChannel = right.Channels == 1 && left.Channels > 1;
    }

    internal override int Items => _runs.Count;

    internal override string Describe() =>
        $"{_operation}{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")} {_left}, {_right} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        float* left = _left.Resolve(slots) + (image * _left.ImageStride) + (block * _left.PlaneStride) + ((nint)first * TOps.Width);
        float* right = _right.Resolve(slots) + (image * _right.ImageStride) + (_rightIsOneChannel ? 0 : block * _right.PlaneStride);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride) + ((nint)first * TOps.Width);
        nint rightStep = _right.Pixels == 1 ? 0 : TOps.Width;
        right += first * rightStep;
        if (_rightIsOneChannel)
        {
            CombinePixels(left, right, rightStep, output, count);
        }
        else
        {
            Combine(left, right, rightStep, output, count);
        }

        ActivationKernel<TOps, TVector>.Run(_activation, output, output, count);
        if (block == _output.Blocks - 1 && (_rightIsOneChannel || ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind)))
        {
            ChannelTail.Clear(output, count, TOps.Width, _output.LastLanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(float* left, float* right, nint rightStep, float* output, int count)
    {
        if (_operation == BinaryOperation.Add)
        {
            for (int i = 0; i < count; i++, left += TOps.Width, right += rightStep, output += TOps.Width)
            {
                TOps.Store(output, TOps.Add(TOps.Load(left), TOps.Load(right)));
            }
        }
        else
        {
            for (int i = 0; i < count; i++, left += TOps.Width, right += rightStep, output += TOps.Width)
            {
                TOps.Store(output, TOps.Multiply(TOps.Load(left), TOps.Load(right)));
            }
        }
    }

    /// <summary>With the first channel of each pixel on the right. It need not leave zeros beyond the last channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CombinePixels(float* left, float* right, nint rightStep, float* output, int count)
    {
        bool adds = _operation == BinaryOperation.Add;
        for (int i = 0; i < count; i++, left += TOps.Width, right += rightStep, output += TOps.Width)
        {
            TVector value = TOps.Broadcast(*right);
            TOps.Store(output, adds ? TOps.Add(TOps.Load(left), value) : TOps.Multiply(TOps.Load(left), value));
        }
    }
}
