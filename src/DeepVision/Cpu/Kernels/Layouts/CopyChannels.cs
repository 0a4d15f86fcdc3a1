using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>
/// Puts the channels of some maps one after the other, with zeros where no input says otherwise: concatenation, and padding
/// of channels. An item is a run of pixels of one output block, so that lanes beyond the last channel become zero too.
/// </summary>
internal sealed unsafe class CopyChannels : Step
{
    private readonly TensorView[] _inputs;
    private readonly int[] _firstChannels;
    private readonly TensorView _output;
    private readonly PixelRuns _runs;

    /// <param name="name">The node.</param>
    /// <param name="inputs">The maps.</param>
    /// <param name="firstChannels">The output channel at which each begins; ascending, not overlapping.</param>
    /// <param name="output">Receives every channel.</param>
    internal CopyChannels(string name, TensorView[] inputs, int[] firstChannels, in TensorView output)
        : base(name)
    {
        _inputs = inputs;
        _firstChannels = firstChannels;
        _output = output;
        _runs = new PixelRuns(output);
    }

    internal override int Items => _runs.Count;

    internal override string Describe() => $"copy channels {string.Join(", ", _inputs)} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int block, int first, int count) = _runs[item];
        int width = _output.Block;
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride) + ((nint)first * width);
        int firstChannel = block * width;
        if (FindAligned(firstChannel, width) is int aligned and >= 0)
        {
            float* source = Source(slots, aligned, image, firstChannel, first);
            long bytes = (long)count * width * sizeof(float);
            Buffer.MemoryCopy(source, output, bytes, bytes);
            return;
        }

        for (int lane = 0; lane < width; lane++)
        {
            int index = Find(firstChannel + lane);
            if (index < 0)
            {
                for (nint p = 0; p < count; p++)
                {
                    output[(p * width) + lane] = 0;
                }

                continue;
            }

            float* source = Source(slots, index, image, firstChannel + lane, first);
            for (nint p = 0; p < count; p++)
            {
                output[(p * width) + lane] = source[p * width];
            }
        }
    }

    /// <summary>The input that holds an output channel, or -1.</summary>
    private int Find(int channel)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (channel >= _firstChannels[i] && channel < _firstChannels[i] + _inputs[i].Channels)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The input of which a block of the output is a block, lane by lane, or -1.</summary>
    private int FindAligned(int firstChannel, int width)
    {
        int index = Find(firstChannel);
        bool aligned = index >= 0 && (firstChannel - _firstChannels[index]) % width == 0
            && firstChannel + Math.Min(width, _output.Channels - firstChannel) <= _firstChannels[index] + _inputs[index].Channels;
        return aligned ? index : -1;
    }

    private float* Source(float** slots, int index, int image, int channel, int firstPixel)
    {
        ref readonly TensorView input = ref _inputs[index];
        (int block, int lane) = Math.DivRem(channel - _firstChannels[index], input.Block);
        return input.Resolve(slots) + (image * input.ImageStride) + (block * input.PlaneStride) + ((nint)firstPixel * input.Block) + lane;
    }
}
