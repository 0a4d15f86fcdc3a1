using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Normalization;

/// <summary>Divides the channels of each pixel by their Euclidean length, or by a least divisor. An item is a tile of pixels.</summary>
internal sealed unsafe class LengthNormalization<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly float _epsilon;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly PixelTiles _tiles;

    internal LengthNormalization(string name, float epsilon, in TensorView input, in TensorView output)
        : base(name)
    {
        _epsilon = epsilon;
        _input = input;
        _output = output;
        _tiles = new PixelTiles(input);
    }

    internal override int Items => _tiles.Count;

    internal override long ScratchFloats => PixelTiles.MaxPixels * TOps.Width;

    internal override string Describe() => $"divide by length {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int first, int count) = _tiles[item];
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + ((nint)first * TOps.Width);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + ((nint)first * TOps.Width);
        double* sums = stackalloc double[PixelTiles.MaxPixels];
        float* lengths = stackalloc float[PixelTiles.MaxPixels];
        new Span<float>(lengths, PixelTiles.MaxPixels).Clear();
        ChannelReduction<TOps, TVector>.SumSquares(_input, input, count, lengths, scratch, sums);
        for (int p = 0; p < count; p++)
        {
            lengths[p] = MathF.Max((float)Math.Sqrt(sums[p]), _epsilon);
        }

        for (int block = 0; block < _input.Blocks; block++)
        {
            for (int p = 0; p < count; p++)
            {
                nint i = (nint)p * TOps.Width;
                TOps.Store(output + i, TOps.Divide(TOps.Load(input + i), TOps.Broadcast(lengths[p])));
            }

            input += _input.PlaneStride;
            output += _output.PlaneStride;
        }

        // 0 / NaN beyond the last channel would be NaN.
        ChannelTail.Clear(output - _output.PlaneStride, count, TOps.Width, _output.LastLanes);
    }
}
