using System.Runtime.CompilerServices;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Layouts;

/// <summary>
/// Moves the pixels of each square block into channels: output channel (x * side + y) * C + c is channel c of the pixel in
/// column x and row y. Serves blocked and planar inputs. An item is an output row of one block of channels.
/// </summary>
internal sealed unsafe class PixelsToChannels : Step
{
    private readonly int _side;
    private readonly TensorView _input;
    private readonly TensorView _output;

    internal PixelsToChannels(string name, int side, in TensorView input, in TensorView output)
        : base(name)
    {
        _side = side;
        _input = input;
        _output = output;
    }

    internal override int Items => _output.Batch * _output.Blocks * _output.Height;

    internal override string Describe() => $"pixels to channels {_side}x{_side} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int row) = Math.DivRem(item, _output.Height);
        (int image, int block) = Math.DivRem(rest, _output.Blocks);
        int width = _output.Block;
        nint step = (nint)_side * _input.Block;
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride)
            + ((nint)row * _output.Width * width);
        for (int lane = 0; lane < width; lane++)
        {
            int channel = (block * width) + lane;
            if (channel >= _output.Channels)
            {
                for (nint x = 0; x < _output.Width; x++)
                {
                    output[(x * width) + lane] = 0;
                }

                continue;
            }

            float* source = Find(slots, image, channel, row);
            for (nint x = 0; x < _output.Width; x++)
            {
                output[(x * width) + lane] = source[x * step];
            }
        }
    }

    private float* Find(float** slots, int image, int channel, int row)
    {
        (int pixel, int inChannel) = Math.DivRem(channel, _input.Channels);
        (int x, int y) = Math.DivRem(pixel, _side);
        (int block, int lane) = Math.DivRem(inChannel, _input.Block);
        nint first = ((nint)((row * _side) + y) * _input.Width) + x;
        return _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride) + (first * _input.Block) + lane;
    }
}
