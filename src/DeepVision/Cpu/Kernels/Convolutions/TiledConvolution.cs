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
    // Half of a second-level cache: what is written is not there any more.
    private const long LargeMapBytes = 1024 * 1024;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPacking _packing;
    private readonly PackedWeights _weights;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly TensorView _residual;
    private readonly bool _hasResidual;
    private readonly EnlargedResidual<TOps, TVector>? _enlarged;
    private readonly Activation _activation;
    private readonly TileBlocking _blocking;
    private readonly PanelGather<TOps, TVector> _gather;
    private readonly int _inPixelStride;
    private readonly nint _outPixelStride;
    private readonly bool _isPointwise;
    private readonly bool _fetchesOutput;

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
        _enlarged = residual is { } coarse && EnlargedResidual<TOps, TVector>.IsNeeded(coarse, output) ? new(coarse, output) : null;
        _activation = activation;
        _isPointwise = geometry.IsPointwise;
        _fetchesOutput = _hasResidual || sizeof(float) * output.Length > LargeMapBytes;

        // Maps of one pixel: the images of the batch take the place of pixels, so that the weights are read once for all.
        bool vectors = _isPointwise && input.Pixels == 1;
        _input = vectors ? PixelsFromImages(input) : input;
        _output = vectors ? PixelsFromImages(output) : output;
        _residual = residual is not { } r ? default : vectors ? PixelsFromImages(r) : r;
        _inPixelStride = vectors && input.Batch > 1 ? checked((int)input.ImageStride) : TOps.Width;
        _outPixelStride = vectors && input.Batch > 1 ? (nint)output.ImageStride : TOps.Width;
        _gather = new PanelGather<TOps, TVector>(geometry, _input, _output.Width, _inPixelStride);
        _blocking = TileBlocking.Choose(packing, _output.Pixels, _output.Batch, TileKernels<TOps, TVector>.Pixels, threads);
    }

    internal override int Items => _output.Batch * _packing.Groups * _blocking.PixelGroups * _blocking.ChannelGroups;

    internal override long ScratchFloats =>
        PanelOffset + ((long)_blocking.TilesPerGroup * PanelFloats);

    internal override long MultiplyAdds =>
        (long)_output.Batch * _output.Pixels * _packing.Groups * _packing.OutChannels * _packing.InChannels * _packing.Taps;

    /// <summary>Scratch before the panels: two tiles, a bias of zeros, the table of the gather.</summary>
    private long PanelOffset =>
        (2 * TileFloats) + (TileKernels<TOps, TVector>.Blocks * TOps.Width) + PanelGather<TOps, TVector>.TableLength(_geometry.Taps);

    private static int TileFloats => TileKernels<TOps, TVector>.Blocks * TileKernels<TOps, TVector>.Pixels * TOps.Width;

    private int PanelFloats => _blocking.BlocksPerRun * _geometry.Taps * TileKernels<TOps, TVector>.Pixels * TOps.Width;

    internal override string Describe() =>
        $"{(_isPointwise ? "pointwise" : "gathered")} {_geometry} tile {TileKernels<TOps, TVector>.Pixels}x{TileKernels<TOps, TVector>.Blocks}"
        + $" {_blocking}{(_enlarged != null ? $" + nearest of {_residual}" : _hasResidual ? " + residual" : "")}"
        + $"{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int product, int part) = Math.DivRem(item, _blocking.PixelGroups * _blocking.ChannelGroups);
        (int image, int group) = Math.DivRem(product, _packing.Groups);
        (int pixelGroup, int channelGroup) = _blocking.Find(part);
        Work work = default;
        work.Group = group;
        work.FirstTile = _blocking.FirstTile(pixelGroup);
        work.EndTile = _blocking.FirstTile(pixelGroup + 1);
        work.FirstChannelTile = _blocking.FirstChannelTile(channelGroup);
        work.EndChannelTile = _blocking.FirstChannelTile(channelGroup + 1);
        work.Output = _output.Resolve(slots) + (image * _output.ImageStride) + (group * _packing.OutBlocks * _output.PlaneStride);
        work.Residual = _hasResidual
            ? _residual.Resolve(slots) + (image * _residual.ImageStride) + (group * _packing.OutBlocks * _residual.PlaneStride)
            : null;
        work.Scratch = scratch;
        work.Panels = scratch + PanelOffset;
        int* table = (int*)(work.Panels - PanelGather<TOps, TVector>.TableLength(_geometry.Taps));
        float* input = _input.Resolve(slots) + (image * _input.ImageStride) + (group * _packing.InBlocks * _input.PlaneStride);

        for (int firstBlock = 0; firstBlock < _packing.InBlocks; firstBlock += _blocking.BlocksPerRun)
        {
            work.FirstBlock = firstBlock;
            work.Blocks = Math.Min(_blocking.BlocksPerRun, _packing.InBlocks - firstBlock);
            work.Input = input + (firstBlock * _input.PlaneStride);
            for (int tile = work.FirstTile; tile < work.EndTile; tile++)
            {
                if (!ReadsInPlace(tile))
                {
                    _gather.Fill(work.Input, work.Blocks, FirstPixel(tile), PixelsIn(tile), KernelPixels(tile), Panel(work, tile), table);
                }
            }

            for (int channelTile = work.FirstChannelTile; channelTile < work.EndChannelTile; channelTile++)
            {
                for (int tile = work.FirstTile; tile < work.EndTile; tile++)
                {
                    RunTile(work, tile, channelTile);
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

    private float* Panel(in Work work, int tile) => work.Panels + ((tile - work.FirstTile) * (nint)PanelFloats);

    private float* Weights(in Work work, int channelTile, int firstBlock) =>
        _weights.Weights + (work.Group * _packing.GroupStride) + _packing.TileOffset(channelTile)
        + ((long)firstBlock * _geometry.Taps * TOps.Width * _packing.BlocksOf(channelTile) * TOps.Width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTile(in Work work, int tile, int channelTile)
    {
        int pixels = PixelsIn(tile);
        int kernelPixels = KernelPixels(tile);
        int tileBlocks = _packing.BlocksOf(channelTile);
        bool isFirst = work.FirstBlock == 0;
        bool isLast = work.FirstBlock + work.Blocks == _packing.InBlocks;
        int firstOutBlock = channelTile * TileKernels<TOps, TVector>.Blocks;
        nint pixelOffset = FirstPixel(tile) * _outPixelStride;
        float* target = work.Output + (firstOutBlock * _output.PlaneStride) + pixelOffset;

        TileCall call = default;
        bool readsInPlace = ReadsInPlace(tile);
        call.Input = readsInPlace ? work.Input + (FirstPixel(tile) * TOps.Width) : Panel(work, tile);
        call.InputBlockStride = readsInPlace ? (nint)_input.PlaneStride : kernelPixels * TOps.Width;
        call.Blocks = readsInPlace ? work.Blocks : (nint)work.Blocks * _geometry.Taps;
        call.Lanes = TOps.Width;
        call.Weights = Weights(work, channelTile, work.FirstBlock);
        call.Bias = isFirst
            ? _weights.Bias + ((((long)work.Group * _packing.OutBlocks) + firstOutBlock) * TOps.Width)
            : ZeroBias(work.Scratch);
        call.Output = target;
        call.OutputBlockStride = (nint)_output.PlaneStride;
        call.FetchesOutput = _fetchesOutput;
        SetPrefetch(ref call, work, tile, channelTile);

        // The first run starts from the bias and adds the residual, later ones add what the output holds so far.
        float* addend = isFirst && work.Residual != null ? work.Residual + (firstOutBlock * _residual.PlaneStride) + pixelOffset
            : isFirst ? null
            : target;
        nint addendStride = isFirst && work.Residual != null ? (nint)_residual.PlaneStride : (nint)_output.PlaneStride;
        call.Residual = addend;
        call.ResidualBlockStride = addendStride;
        bool inPlace = pixels == kernelPixels && _outPixelStride == TOps.Width;
        if (!inPlace)
        {
            call.Output = work.Scratch;
            call.OutputBlockStride = kernelPixels * TOps.Width;
        }

        bool isEnlarged = isFirst && _enlarged != null;
        if (isEnlarged || (addend != null && !inPlace))
        {
            call.Residual = work.Scratch + TileFloats;
            call.ResidualBlockStride = kernelPixels * TOps.Width;
            if (isEnlarged)
            {
                float* coarse = work.Residual + (firstOutBlock * _residual.PlaneStride);
                _enlarged!.Gather(coarse, FirstPixel(tile), pixels, tileBlocks, call.Residual, call.ResidualBlockStride);
            }
            else
            {
                CopyTile(addend, addendStride, _outPixelStride, call.Residual, call.ResidualBlockStride, TOps.Width, tileBlocks, pixels);
            }
        }

        TileEpilogue epilogue = (addend != null ? TileEpilogue.AddResidual : 0)
            | (isLast ? TileEpilogues.Of(_activation.Kind) : TileEpilogue.Plain);
        TileKernels<TOps, TVector>.Find<PixelMajor>(kernelPixels, tileBlocks, epilogue)(&call);

        if (isLast && !TileEpilogues.Includes(_activation.Kind))
        {
            Activate(call.Output, call.OutputBlockStride, firstOutBlock, tileBlocks, kernelPixels);
        }

        if (!inPlace)
        {
            CopyTile(work.Scratch, call.OutputBlockStride, TOps.Width, target, (nint)_output.PlaneStride, _outPixelStride, tileBlocks, pixels);
        }
    }

    /// <summary>
    /// The weights that are read after this pair of output blocks, a share of them in each pixel tile, so that they arrive
    /// before use also from far away: those of the next pair, or behind the last pair those of the next run's first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetPrefetch(ref TileCall call, in Work work, int tile, int channelTile)
    {
        int nextBlock = work.FirstBlock + work.Blocks;
        float* next = channelTile + 1 < work.EndChannelTile ? Weights(work, channelTile + 1, work.FirstBlock)
            : nextBlock < _packing.InBlocks ? Weights(work, work.FirstChannelTile, nextBlock)
            : call.Weights;
        int tiles = work.EndTile - work.FirstTile;
        long tapFloats = (long)_packing.BlocksOf(channelTile) * TOps.Width;
        long runFloats = (long)work.Blocks * _geometry.Taps * TOps.Width * tapFloats;
        call.Prefetch = next + (runFloats * (tile - work.FirstTile) / tiles);
        call.PrefetchStep = (nint)((tapFloats + tiles - 1) / tiles);
    }

    /// <summary>Zeros for the runs behind the first, which have added the bias already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>What one item works on: ranges of tiles, the present run of input blocks, and where everything lies.</summary>
    private struct Work
    {
        public int Group;
        public int FirstTile;
        public int EndTile;
        public int FirstChannelTile;
        public int EndChannelTile;
        public int FirstBlock;
        public int Blocks;
        public float* Input;
        public float* Output;
        public float* Residual;
        public float* Panels;
        public float* Scratch;
    }
}
