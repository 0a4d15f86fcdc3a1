using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// Convolutions and linear layers on blocked activations as matrix products in register tiles. Pointwise ones read the
/// activation where it lies, all others a gathered panel. Long sums are cut into runs of input blocks whose weights stay in
/// the second-level cache; partial sums rest in the output between the runs. The cut depends on the layer alone.
/// </summary>
internal sealed unsafe class TiledConvolution<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPacking _packing;
    private readonly PackedWeights _weights;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly TensorView _residual;
    private readonly bool _hasResidual;
    private readonly Activation _activation;
    private readonly TileBlocking _blocking;
    private readonly PanelGather<TOps, TVector> _gather;
    private readonly nint _inPixelStride;
    private readonly nint _outPixelStride;
    private readonly bool _isPointwise;

    internal TiledConvolution(
        string name,
        ConvolutionGeometry geometry,
        GemmPacking packing,
        PackedWeights weights,
        in TensorView input,
        in TensorView output,
        TensorView? residual,
        Activation activation,
        int threads)
        : base(name)
    {
        Debug.Assert(input.Block == TOps.Width && output.Block == TOps.Width && !packing.Planar, "Blocked activations.");
        _geometry = geometry;
        _packing = packing;
        _weights = weights;
        _hasResidual = residual != null;
        _activation = activation;
        _isPointwise = geometry.IsPointwise;

        // Maps of one pixel: the images of the batch take the place of pixels, so that the weights are read once for all.
        bool vectors = _isPointwise && input.Pixels == 1;
        _input = vectors ? PixelsFromImages(input) : input;
        _output = vectors ? PixelsFromImages(output) : output;
        _residual = residual is not { } r ? default : vectors ? PixelsFromImages(r) : r;
        _inPixelStride = vectors && input.Batch > 1 ? (nint)input.ImageStride : TOps.Width;
        _outPixelStride = vectors && input.Batch > 1 ? (nint)output.ImageStride : TOps.Width;
        _gather = new PanelGather<TOps, TVector>(geometry, _input, _output.Width, _inPixelStride);
        _blocking = TileBlocking.Choose(packing, _output.Pixels, _output.Batch, TileKernels<TOps, TVector>.Pixels, threads);
    }

    internal override int Items => _output.Batch * _packing.Groups * _blocking.PixelGroups * _blocking.ChannelGroups;

    internal override long ScratchFloats =>
        ((long)_blocking.TilesPerGroup * PanelFloats) + (2 * TileFloats) + (TileKernels<TOps, TVector>.Blocks * TOps.Width);

    internal override long MultiplyAdds =>
        (long)_output.Batch * _output.Pixels * _packing.Groups * _packing.OutChannels * _packing.InChannels * _packing.Taps;

    private static int TileFloats => TileKernels<TOps, TVector>.Blocks * TileKernels<TOps, TVector>.Pixels * TOps.Width;

    private int PanelFloats => _blocking.BlocksPerRun * _geometry.Taps * TileKernels<TOps, TVector>.Pixels * TOps.Width;

    internal override string Describe() =>
        $"{(_isPointwise ? "pointwise" : "gathered")} {_geometry} tile {TileKernels<TOps, TVector>.Pixels}x{TileKernels<TOps, TVector>.Blocks}"
        + $" {_blocking}{(_hasResidual ? " + residual" : "")}"
        + $"{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")} {_input} -> {_output}";

    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int channelGroup) = Math.DivRem(item, _blocking.ChannelGroups);
        (rest, int pixelGroup) = Math.DivRem(rest, _blocking.PixelGroups);
        (int image, int group) = Math.DivRem(rest, _packing.Groups);
        int firstTile = pixelGroup * _blocking.TilesPerGroup;
        int lastTile = Math.Min(firstTile + _blocking.TilesPerGroup, _blocking.Tiles);
        int firstChannelTile = channelGroup * _blocking.ChannelTilesPerGroup;
        int lastChannelTile = Math.Min(firstChannelTile + _blocking.ChannelTilesPerGroup, _packing.OutTiles);

        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (group * _packing.InBlocks * _input.PlaneStride);
        long outOffset = (image * _output.ImageStride) + (group * _packing.OutBlocks * _output.PlaneStride);
        float* output = _output.Resolve(slots) + outOffset;
        float* residual = _hasResidual
            ? _residual.Resolve(slots) + (image * _residual.ImageStride) + (group * _packing.OutBlocks * _residual.PlaneStride)
            : null;
        float* panels = scratch + (2 * TileFloats) + (TileKernels<TOps, TVector>.Blocks * TOps.Width);

        for (int firstBlock = 0; firstBlock < _packing.InBlocks; firstBlock += _blocking.BlocksPerRun)
        {
            int blocks = Math.Min(_blocking.BlocksPerRun, _packing.InBlocks - firstBlock);
            float* source = input + (firstBlock * _input.PlaneStride);
            for (int tile = firstTile; tile < lastTile; tile++)
            {
                if (!ReadsInPlace(tile))
                {
                    float* panel = panels + ((tile - firstTile) * (nint)PanelFloats);
                    _gather.Fill(source, blocks, FirstPixel(tile), PixelsIn(tile), KernelPixels(tile), panel);
                }
            }

            for (int channelTile = firstChannelTile; channelTile < lastChannelTile; channelTile++)
            {
                for (int tile = firstTile; tile < lastTile; tile++)
                {
                    float* panel = panels + ((tile - firstTile) * (nint)PanelFloats);
                    RunTile(group, tile, channelTile, firstBlock, blocks, source, panel, output, residual, scratch);
                }
            }
        }
    }

    private static TensorView PixelsFromImages(in TensorView view) =>
        view.Batch == 1 ? view : view with { Batch = 1, Width = view.Batch };

    private static int FirstPixel(int tile) => tile * TileKernels<TOps, TVector>.Pixels;

    private int PixelsIn(int tile) => Math.Min(TileKernels<TOps, TVector>.Pixels, _output.Pixels - FirstPixel(tile));

    private int KernelPixels(int tile) => TileKernels<TOps, TVector>.PixelsFor(PixelsIn(tile));

    private bool ReadsInPlace(int tile) =>
        _isPointwise && _inPixelStride == TOps.Width && PixelsIn(tile) == KernelPixels(tile);

    private void RunTile(
        int group,
        int tile,
        int channelTile,
        int firstBlock,
        int blocks,
        float* source,
        float* panel,
        float* output,
        float* residual,
        float* scratch)
    {
        int pixels = PixelsIn(tile);
        int kernelPixels = KernelPixels(tile);
        int tileBlocks = _packing.BlocksOf(channelTile);
        bool isFirst = firstBlock == 0;
        bool isLast = firstBlock + blocks == _packing.InBlocks;
        int firstOutBlock = channelTile * TileKernels<TOps, TVector>.Blocks;
        nint pixelOffset = FirstPixel(tile) * _outPixelStride;
        float* target = output + (firstOutBlock * _output.PlaneStride) + pixelOffset;

        TileCall call;
        if (ReadsInPlace(tile))
        {
            call.Input = source + (FirstPixel(tile) * TOps.Width);
            call.InputBlockStride = (nint)_input.PlaneStride;
            call.Blocks = blocks;
            call.Lanes = TOps.Width;
        }
        else
        {
            call.Input = panel;
            call.InputBlockStride = kernelPixels * TOps.Width;
            call.Blocks = (nint)blocks * _geometry.Taps;
            call.Lanes = TOps.Width;
        }

        long weightOffset = (group * _packing.GroupStride) + _packing.TileOffset(channelTile)
            + ((long)firstBlock * _geometry.Taps * TOps.Width * tileBlocks * TOps.Width);
        call.Weights = _weights.Weights + weightOffset;
        call.Bias = isFirst ? _weights.Bias + ((((long)group * _packing.OutBlocks) + firstOutBlock) * TOps.Width) : ZeroBias(scratch);
        call.Output = target;
        call.OutputBlockStride = (nint)_output.PlaneStride;

        // The first run starts from the bias and adds the residual, later ones add what the output holds so far.
        float* addend = isFirst && residual != null ? residual + (firstOutBlock * _residual.PlaneStride) + pixelOffset
            : isFirst ? null
            : target;
        nint addendStride = isFirst && residual != null ? (nint)_residual.PlaneStride : (nint)_output.PlaneStride;
        call.Residual = addend;
        bool inPlace = pixels == kernelPixels && _outPixelStride == TOps.Width
            && (addend == null || addendStride == call.OutputBlockStride);
        if (!inPlace)
        {
            call.Output = scratch;
            call.OutputBlockStride = kernelPixels * TOps.Width;
            if (addend != null)
            {
                call.Residual = scratch + TileFloats;
                CopyTile(addend, addendStride, _outPixelStride, call.Residual, call.OutputBlockStride, TOps.Width, tileBlocks, pixels);
            }
        }

        bool rectify = isLast && _activation.Kind == ActivationKind.Relu;
        TileEpilogue epilogue = (addend != null ? TileEpilogue.AddResidual : 0) | (rectify ? TileEpilogue.Rectify : 0);
        TileKernels<TOps, TVector>.Find<PixelMajor>(kernelPixels, tileBlocks, epilogue)(&call);

        if (isLast && !rectify && _activation.Kind != ActivationKind.Identity)
        {
            Activate(call.Output, call.OutputBlockStride, firstOutBlock, tileBlocks, kernelPixels);
        }

        if (!inPlace)
        {
            CopyTile(scratch, call.OutputBlockStride, TOps.Width, target, (nint)_output.PlaneStride, _outPixelStride, tileBlocks, pixels);
        }
    }

    /// <summary>Zeros for the runs behind the first, which have added the bias already.</summary>
    private static float* ZeroBias(float* scratch)
    {
        float* zeros = scratch + (2 * TileFloats);
        for (int block = 0; block < TileKernels<TOps, TVector>.Blocks; block++)
        {
            TOps.Store(zeros + (block * TOps.Width), TOps.Zero);
        }

        return zeros;
    }

    private void Activate(float* tile, nint blockStride, int firstOutBlock, int tileBlocks, int pixels)
    {
        for (int block = 0; block < tileBlocks; block++)
        {
            float* values = tile + (block * blockStride);
            ActivationKernel<TOps, TVector>.Run(_activation, values, values, pixels);
            if (firstOutBlock + block == _packing.OutBlocks - 1 && ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind))
            {
                ChannelTail.Clear(values, pixels, TOps.Width, _output.LastLanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTile(
        float* source, nint sourceBlock, nint sourcePixel, float* target, nint targetBlock, nint targetPixel, int blocks, int pixels)
    {
        for (int block = 0; block < blocks; block++)
        {
            for (int p = 0; p < pixels; p++)
            {
                TOps.Store(
                    target + (block * targetBlock) + (p * targetPixel),
                    TOps.Load(source + (block * sourceBlock) + (p * sourcePixel)));
            }
        }
    }
}
