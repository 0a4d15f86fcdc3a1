using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Depthwise;

/// <summary>
/// A pointwise convolution and the depthwise one behind it, as an inverted residual begins: an item makes some rows of a pair of
/// blocks of the wide map in the second-level cache and filters them there, so that the wide map never goes to memory. Rows at the
/// borders of items are made twice. The sums are those of the two steps alone, bit for bit.
/// </summary>
internal sealed unsafe class ExpandedDepthwise<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    // Rows of the wide map that an item holds: a part of the second-level cache.
    private const long BandBytes = 384 * 1024;
    private const int WantedItems = 8;
    private readonly GemmPacking _packing;
    private readonly PackedWeights _weights;
    private readonly TileEpilogue _epilogue;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly ConvolutionGeometry _geometry;
    private readonly DepthwiseConvolution<TOps, TVector> _depthwise;
    private readonly int _bands;

    internal ExpandedDepthwise(
        string name,
        GemmPacking packing,
        PackedWeights weights,
        Activation activation,
        in TensorView input,
        ConvolutionGeometry geometry,
        DepthwiseConvolution<TOps, TVector> depthwise,
        in TensorView output)
        : base(name)
    {
        _packing = packing;
        _weights = weights;
        _epilogue = TileEpilogues.Of(activation.Kind);
        _input = input;
        _output = output;
        _geometry = geometry;
        _depthwise = depthwise;
        long rows = BandBytes / ((long)input.Width * TileKernels<TOps, TVector>.Blocks * TOps.Width * sizeof(float));
        int fitting = (int)Math.Clamp((rows - geometry.Kernel.Height) / geometry.Stride.Height, 1, output.Height);
        int items = output.Batch * packing.OutTiles;
        _bands = Bands.Count(output, Math.Max((output.Height + fitting - 1) / fitting, (WantedItems + items - 1) / items));
    }

    internal override int Items => _output.Batch * _packing.OutTiles * _bands;

    internal override long ScratchFloats => ZeroFloats + (TileKernels<TOps, TVector>.Blocks * PlaneFloats);

    internal override long MultiplyAdds =>
        ((long)_output.Batch * _input.Pixels * _packing.InChannels * _packing.OutChannels) + _depthwise.MultiplyAdds;

    private int BandRows => (_output.Height + _bands - 1) / _bands;

    private nint ZeroFloats => _input.Width * TOps.Width;

    private nint PlaneFloats =>
        (nint)(((BandRows - 1) * _geometry.Stride.Height) + _geometry.Kernel.Height) * _input.Width * TOps.Width;

    /// <summary>Whether two layers are for this step: all of the input is summed at once, and rows are at least a tile long.</summary>
    internal static bool Fits(GemmPacking packing, Activation activation, in TensorView input) =>
        packing.Groups == 1 && packing.Depth <= TileBlocking.TapsPerRun && TileEpilogues.Includes(activation.Kind)
        && input.Width >= TileKernels<TOps, TVector>.Pixels;

    internal override string Describe() =>
        $"pointwise to {_packing.OutChannels}{(_epilogue == TileEpilogue.Plain ? "" : $" + {_epilogue}")} and {_depthwise.Describe()},"
        + $" together in bands {_bands}x{BandRows} rows, {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int tile) = Math.DivRem(item, _packing.OutTiles);
        (int image, int band) = Math.DivRem(rest, _bands);
        int firstRow = (int)((long)_output.Height * band / _bands);
        int endRow = (int)((long)_output.Height * (band + 1) / _bands);
        for (nint i = 0; i < ZeroFloats; i += TOps.Width)
        {
            TOps.Store(scratch + i, TOps.Zero);
        }

        int firstInput = Math.Max(0, (firstRow * _geometry.Stride.Height) - _geometry.Padding.Top);
        int endInput = Math.Min(
            _input.Height, ((endRow - 1) * _geometry.Stride.Height) - _geometry.Padding.Top + _geometry.Kernel.Height);
        float* wide = scratch + ZeroFloats;
        float* input = _input.Resolve(slots) + (image * _input.ImageStride);
        Expand(input, firstInput * _input.Width, endInput * _input.Width, tile, wide);
        for (int part = 0; part < _packing.BlocksOf(tile); part++)
        {
            float* plane = wide + (part * PlaneFloats) - ((nint)firstInput * _input.Width * TOps.Width);
            _depthwise.RunBand(
                slots, image, (tile * TileKernels<TOps, TVector>.Blocks) + part, firstRow, endRow, plane, scratch);
        }
    }

    /// <summary>The pointwise sums of some pixels; the last tile may go over pixels of the one before it again, to the same values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Expand(float* input, int firstPixel, int endPixel, int tile, float* wide)
    {
        TileCall call = default;
        call.InputBlockStride = (nint)_input.PlaneStride;
        call.Blocks = _packing.InBlocks;
        call.Lanes = TOps.Width;
        call.Weights = _weights.Weights + _packing.TileOffset(tile);
        call.Prefetch = call.Weights;
        call.Bias = _weights.Bias + ((nint)tile * TileKernels<TOps, TVector>.Blocks * TOps.Width);
        call.OutputBlockStride = PlaneFloats;
        int pixels = TileKernels<TOps, TVector>.Pixels;
        delegate*<TileCall*, void> run = TileKernels<TOps, TVector>.Find<PixelMajor>(pixels, _packing.BlocksOf(tile), _epilogue);
        for (int pixel = firstPixel; pixel < endPixel; pixel += pixels)
        {
            nint start = Math.Min(pixel, endPixel - pixels);
            call.Input = input + (start * TOps.Width);
            call.Output = wide + ((start - firstPixel) * TOps.Width);
            run(&call);
        }
    }
}
