using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Normalization;

/// <summary>
/// Layer norm over the channels of each pixel: mean 0 and variance 1, the variance taken around the mean in a second pass, then
/// factor and shift of the channel. An item is a tile of pixels.
/// </summary>
internal sealed unsafe class LayerNormalization<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly float _epsilon;
    private readonly PackedWeights _affine;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelTiles _tiles;

    internal LayerNormalization(string name, float epsilon, PackedWeights affine, in TensorView input, in TensorView output)
        : base(name)
    {
        _epsilon = epsilon;
        _affine = affine;
        _input = input;
        _output = output;
        _tiles = new PixelTiles(input);
    }

    internal override int Items => _tiles.Count;

    internal override long ScratchFloats => PixelTiles.MaxPixels * TOps.Width;

    internal override string Describe() => $"layer norm {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int first, int count) = _tiles[item];
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + ((nint)first * TOps.Width);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + ((nint)first * TOps.Width);
        double* sums = stackalloc double[PixelTiles.MaxPixels];
        float* means = stackalloc float[PixelTiles.MaxPixels];
        float* scales = stackalloc float[PixelTiles.MaxPixels];
        ChannelReduction<TOps, TVector>.Sum(_input, input, count, scratch, sums);
        for (int p = 0; p < count; p++)
        {
            means[p] = (float)(sums[p] / _input.Channels);
        }

        ChannelReduction<TOps, TVector>.SumSquares(_input, input, count, means, scratch, sums);
        for (int p = 0; p < count; p++)
        {
            scales[p] = (float)(1 / Math.Sqrt((sums[p] / _input.Channels) + _epsilon));
        }

        for (int block = 0; block < _input.Blocks; block++)
        {
            TVector factor = TOps.Load(_affine.Weights + (block * TOps.Width));
            TVector shift = TOps.Load(_affine.Bias + (block * TOps.Width));
            for (int p = 0; p < count; p++)
            {
                nint i = (nint)p * TOps.Width;
                TVector value = TOps.Subtract(TOps.Load(input + i), TOps.Broadcast(means[p]));
                TOps.Store(output + i, TOps.MultiplyAdd(TOps.Multiply(value, TOps.Broadcast(scales[p])), factor, shift));
            }

            input += _input.PlaneStride;
            output += _output.PlaneStride;
        }

        // Factor and shift are zero beyond the last channel, but a mean of NaN would show there.
        ChannelTail.Clear(output - _output.PlaneStride, count, TOps.Width, _output.LastLanes);
    }
}
