using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Kernels.Depthwise;

/// <summary>
/// Depthwise convolutions without dilation. An item is a band of rows of one block of channels, read where the map lies; rows outside
/// of it are a row of zeros, and taps outside of it at the left and the right are left out.
/// </summary>
internal sealed unsafe class DepthwiseConvolution<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    // Enough for a few threads to share.
    private const int WantedItems = 16;
    private const int MaxKernelHeight = 32;
    private readonly ConvolutionGeometry _geometry;
    private readonly LanePacking _packing;
    private readonly PackedWeights _weights;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly TensorView _residual;
    private readonly bool _hasResidual;
    private readonly Activation _activation;
    private readonly int _bands;
    private readonly int _firstInside;
    private readonly int _endInside;
    private readonly delegate*<DepthwiseCall*, void> _eight;
    private readonly delegate*<DepthwiseCall*, void> _four;
    private readonly delegate*<DepthwiseCall*, void> _one;

    internal DepthwiseConvolution(
        string name,
        ConvolutionGeometry geometry,
        LanePacking packing,
        PackedWeights weights,
        in TensorView input,
        in TensorView output,
        TensorView? residual,
        Activation activation)
        : base(name)
    {
        Debug.Assert(Fits(geometry, packing) && input.Block == TOps.Width && output.Block == TOps.Width, "A depthwise layer on blocked activations.");
        _geometry = geometry;
        _packing = packing;
        _weights = weights;
        _input = input;
        _output = output;
        _residual = residual ?? default;
        _hasResidual = residual != null;
        _activation = activation;
        _bands = Bands.Count(output, WantedItems / (output.Batch * packing.OutBlocks));

        // The outputs all of whose taps are within the map from left to right.
        int stride = geometry.Stride.Width;
        _firstInside = Math.Min((geometry.Padding.Left + stride - 1) / stride, output.Width);
        int reach = input.Width + geometry.Padding.Left - geometry.Kernel.Width;
        _endInside = Math.Clamp(reach < 0 ? 0 : (reach / stride) + 1, _firstInside, output.Width);
        TileEpilogue epilogue = (_hasResidual ? TileEpilogue.AddResidual : 0) | TileEpilogues.Of(activation.Kind);
        _eight = Find(epilogue, pixels: 8);
        _four = Find(epilogue, pixels: 4);
        _one = Find(epilogue, pixels: 1);
    }

    internal override int Items => _output.Batch * _packing.OutBlocks * _bands;

    internal override long ScratchFloats => (long)_input.Width * TOps.Width;

    internal override long MultiplyAdds => (long)_output.Batch * _output.Pixels * _output.Channels * _packing.Taps;

    /// <summary>Whether a layer is one for this step.</summary>
    internal static bool Fits(ConvolutionGeometry geometry, LanePacking packing) =>
        packing.IsDepthwise && geometry.Dilation == Size2D.One && geometry.Kernel.Height <= MaxKernelHeight;

    internal override string Describe() =>
        $"depthwise {_geometry} bands {_bands}x{(_output.Height + _bands - 1) / _bands} rows"
        + $"{(_hasResidual ? " + residual" : "")}{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int block) = Math.DivRem(item, _packing.OutBlocks);
        (int image, int band) = Math.DivRem(rest, _bands);
        int firstRow = (int)((long)_output.Height * band / _bands);
        int endRow = (int)((long)_output.Height * (band + 1) / _bands);
        for (nint i = 0; i < ScratchFloats; i += TOps.Width)
        {
            TOps.Store(scratch + i, TOps.Zero);
        }

        float* plane = _input.Resolve(slots) + (image * _input.ImageStride) + (block * _input.PlaneStride);
        RunBand(slots, image, block, firstRow, endRow, plane, scratch);
    }

    /// <summary>Computes some rows of one block of channels.</summary>
    /// <param name="slots">The buffers of the run.</param>
    /// <param name="image">The image of the batch.</param>
    /// <param name="block">The block of channels.</param>
    /// <param name="firstRow">The first row of the output.</param>
    /// <param name="endRow">The row behind the last.</param>
    /// <param name="plane">Where the input's first row lies, or would lie if the rows before those that are read were there too.</param>
    /// <param name="zeros">A row of zeros as long as one of the input.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void RunBand(float** slots, int image, int block, int firstRow, int endRow, float* plane, float* zeros)
    {
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride);
        float* residual = _hasResidual
            ? _residual.Resolve(slots) + (image * _residual.ImageStride) + (block * _residual.PlaneStride)
            : output;
        float** rows = stackalloc float*[MaxKernelHeight];
        DepthwiseCall call = default;
        call.Rows = rows;
        call.Weights = _weights.Weights + ((nint)block * _packing.BlockStride);
        call.Bias = _weights.Bias + (block * TOps.Width);
        call.PixelStride = _geometry.Stride.Width * TOps.Width;
        call.KernelHeight = _geometry.Kernel.Height;
        call.KernelWidth = _geometry.Kernel.Width;
        for (int y = firstRow; y < endRow; y++)
        {
            for (int ky = 0; ky < _geometry.Kernel.Height; ky++)
            {
                int row = (y * _geometry.Stride.Height) - _geometry.Padding.Top + ky;
                rows[ky] = (uint)row < (uint)_input.Height ? plane + ((nint)row * _input.Width * TOps.Width) : zeros;
            }

            nint offset = (nint)y * _output.Width * TOps.Width;
            RunRow(&call, output + offset, residual + offset);
            if (!TileEpilogues.Includes(_activation.Kind))
            {
                Activate(output + offset, block);
            }
        }
    }

    /// <summary>Strips of pixels inside; the last of them may go over pixels of the one before it again, to the same values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRow(DepthwiseCall* call, float* output, float* residual)
    {
        for (int x = 0; x < _firstInside; x++)
        {
            RunEdge(call, x, output, residual);
        }

        call->FirstColumn = 0;
        call->EndColumn = _geometry.Kernel.Width;
        int count = _endInside - _firstInside;
        int strip = count >= 8 ? 8 : count >= 4 ? 4 : 1;
        delegate*<DepthwiseCall*, void> run = strip == 8 ? _eight : strip == 4 ? _four : _one;
        for (int x = _firstInside; x < _endInside; x += strip)
        {
            int start = Math.Min(x, _endInside - strip);
            Place(call, start, output, residual);
            run(call);
        }

        for (int x = _endInside; x < _output.Width; x++)
        {
            RunEdge(call, x, output, residual);
        }
    }

    private void RunEdge(DepthwiseCall* call, int x, float* output, float* residual)
    {
        int left = (x * _geometry.Stride.Width) - _geometry.Padding.Left;
        call->FirstColumn = Math.Clamp(-left, 0, _geometry.Kernel.Width);
        call->EndColumn = Math.Clamp(_input.Width - left, call->FirstColumn, _geometry.Kernel.Width);
        Place(call, x, output, residual);
        _one(call);
    }

    private void Place(DepthwiseCall* call, int x, float* output, float* residual)
    {
        call->Offset = ((x * _geometry.Stride.Width) - _geometry.Padding.Left) * TOps.Width;
        call->Output = output + (x * TOps.Width);
        call->Residual = residual + (x * TOps.Width);
    }

    private void Activate(float* row, int block)
    {
        ActivationKernel<TOps, TVector>.Run(_activation, row, row, _output.Width);
        if (block == _output.Blocks - 1 && ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind))
        {
            ChannelTail.Clear(row, _output.Width, TOps.Width, _output.LastLanes);
        }
    }

    private delegate*<DepthwiseCall*, void> Find(TileEpilogue epilogue, int pixels) =>
        (delegate*<DepthwiseCall*, void>)TileEpilogues.Find<TOps, TVector, Strip>(
            epilogue, new Strip(pixels, _geometry.Kernel == new Size2D(3, 3) ? _geometry.Stride.Width : 0));

    /// <summary>The kernels of a strip; the stride of a 3 x 3 layer, else 0.</summary>
    private readonly struct Strip(int pixels, int strideOfThree) : IEpilogueKernels<TVector>
    {
        public nint Find<TEpilogue>()
            where TEpilogue : struct, ITileEpilogue<TVector>
        {
            delegate*<DepthwiseCall*, void> kernel = (pixels, strideOfThree) switch
            {
                (8, 1) => &DepthwiseStrip3<TOps, TVector, TEpilogue>.EightStride1,
                (8, 2) => &DepthwiseStrip3<TOps, TVector, TEpilogue>.EightStride2,
                (4, 1) => &DepthwiseStrip3<TOps, TVector, TEpilogue>.FourStride1,
                (4, 2) => &DepthwiseStrip3<TOps, TVector, TEpilogue>.FourStride2,
                (8, _) => &DepthwiseStrip<TOps, TVector, TEpilogue>.Eight,
                (4, _) => &DepthwiseStrip<TOps, TVector, TEpilogue>.Four,
                _ => &DepthwiseStrip<TOps, TVector, TEpilogue>.One,
            };
            return (nint)kernel;
        }
    }
}
