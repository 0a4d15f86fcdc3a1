using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Normalization;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Pooling;

/// <summary>The mean or the largest of each pixel's channels, as a map of one channel. An item is a tile of pixels.</summary>
internal sealed unsafe class ChannelPooling<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly PoolMode _mode;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelTiles _tiles;

    internal ChannelPooling(string name, PoolMode mode, in TensorView input, in TensorView output)
        : base(name)
    {
        _mode = mode;
        _input = input;
        _output = output;
        _tiles = new PixelTiles(input);
    }

    internal override int Items => _tiles.Count;

    internal override long ScratchFloats => PixelTiles.MaxPixels * TOps.Width;

    internal override string Describe() => $"{_mode} of channels {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int first, int count) = _tiles[item];
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + ((nint)first * TOps.Width);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + ((nint)first * TOps.Width);
        double* values = stackalloc double[PixelTiles.MaxPixels];
        if (_mode == PoolMode.Max)
        {
            ChannelReduction<TOps, TVector>.Max(_input, input, count, scratch, values);
        }
        else
        {
            ChannelReduction<TOps, TVector>.Sum(_input, input, count, scratch, values);
        }

        double divisor = _mode == PoolMode.Max ? 1 : _input.Channels;
        new Span<float>(output, count * TOps.Width).Clear();
        for (int p = 0; p < count; p++)
        {
            output[p * TOps.Width] = (float)(values[p] / divisor);
        }
    }
}
