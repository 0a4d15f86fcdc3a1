using System.Runtime.CompilerServices;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Normalization;

/// <summary>
/// exp(x - max) over its sum along the channels, for each pixel. Serves every block size, planar included; the sum is double.
/// An item is a row.
/// </summary>
internal sealed unsafe class ChannelSoftmax : Step
{
    private readonly TensorView _input;
    private readonly TensorView _output;

    internal ChannelSoftmax(string name, in TensorView input, in TensorView output)
        : base(name)
    {
        _input = input;
        _output = output;
    }

    internal override int Items => _input.Batch * _input.Height;

    internal override string Describe() => $"softmax {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int y) = Math.DivRem(item, _input.Height);
        float* input = _input.Resolve(slots) + (image * _input.ImageStride);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride);
        for (int x = 0; x < _input.Width; x++)
        {
            nint pixel = ((nint)y * _input.Width + x) * _input.Block;
            Normalize(input + pixel, output + pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normalize(float* input, float* output)
    {
        float largest = float.NegativeInfinity;
        for (int c = 0; c < _input.Channels; c++)
        {
            largest = MathF.Max(largest, input[Index(_input, c)]);
        }

        double sum = 0;
        for (int c = 0; c < _input.Channels; c++)
        {
            float value = MathF.Exp(input[Index(_input, c)] - largest);
            output[Index(_output, c)] = value;
            sum += value;
        }

        for (int c = 0; c < _input.Channels; c++)
        {
            output[Index(_output, c)] = (float)(output[Index(_output, c)] / sum);
        }

        for (int c = _input.Channels; c < _output.Blocks * _output.Block; c++)
        {
            output[Index(_output, c)] = 0;
        }
    }

    private static nint Index(in TensorView view, int channel) =>
        view.Block == 1
            ? (nint)(channel * view.PlaneStride)
            : (nint)((channel / view.Block * view.PlaneStride) + (channel % view.Block));
}
