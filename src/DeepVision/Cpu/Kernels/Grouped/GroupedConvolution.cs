using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// Grouped convolutions. An item goes down some rows of a column of strips of one output block, with a panel of the inputs that they
/// read in the first-level cache. Where the panel cannot hold all channels of a group, it goes down once for each run of them, and
/// partial sums rest in the output.
/// </summary>
internal sealed unsafe class GroupedConvolution<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    // Enough for a few threads to share.
    private const int WantedItems = 16;
    private const int LineFloats = 16;
    private const int Strip = 14;
    private const int NarrowStrip = 7;
    private readonly ConvolutionGeometry _geometry;
    private readonly LanePacking _packing;
    private readonly PackedWeights _weights;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly TensorView _residual;
    private readonly bool _hasResidual;
    private readonly Activation _activation;
    private readonly GroupPanel<TOps, TVector> _panel;
    private readonly int _strips;
    private readonly int _bands;

    internal GroupedConvolution(
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
        Debug.Assert(input.Block == TOps.Width && output.Block == TOps.Width, "Blocked activations.");
        _geometry = geometry;
        _packing = packing;
        _weights = weights;
        _input = input;
        _output = output;
        _residual = residual ?? default;
        _hasResidual = residual != null;
        _activation = activation;
        _panel = new GroupPanel<TOps, TVector>(geometry, packing, input, StripFor(output.Width));
        _strips = (output.Width + Strip - 1) / Strip;
        _bands = Bands.Count(output, WantedItems / (output.Batch * packing.OutBlocks * _strips));
    }

    internal override int Items => _output.Batch * _bands * _packing.OutBlocks * _strips;

    internal override long ScratchFloats => (2 * TileFloats) + _panel.Floats;

    internal override long MultiplyAdds =>
        (long)_output.Batch * _output.Pixels * _output.Channels * _packing.InChannels * _packing.Taps;

    private static int TileFloats => Strip * TOps.Width;

    internal override string Describe() =>
        $"grouped {_geometry}{(_packing.FillsBlocks ? "" : " lane by lane")} strip {StripFor(_output.Width)} bands {_bands}x{(_output.Height + _bands - 1) / _bands} rows"
        + $" planes/run {_panel.PlanesPerRun} of {_panel.Planes}{(_hasResidual ? " + residual" : "")}"
        + $"{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int strip) = Math.DivRem(item, _strips);
        (rest, int block) = Math.DivRem(rest, _packing.OutBlocks);
        (int image, int band) = Math.DivRem(rest, _bands);
        Work work = default;
        work.Block = block;
        work.Column = strip * Strip;
        work.Pixels = Math.Min(Strip, _output.Width - work.Column);
        work.Strip = StripFor(work.Pixels);
        work.FirstRow = (int)((long)_output.Height * band / _bands);
        work.EndRow = (int)((long)_output.Height * (band + 1) / _bands);
        work.Input = _input.Resolve(slots) + (image * _input.ImageStride);
        work.Output = _output.Resolve(slots) + (image * _output.ImageStride) + (block * _output.PlaneStride);
        work.Residual = _hasResidual
            ? _residual.Resolve(slots) + (image * _residual.ImageStride) + (block * _residual.PlaneStride)
            : null;
        work.Scratch = scratch;
        for (int plane = 0; plane < _panel.Planes; plane += _panel.PlanesPerRun)
        {
            RunPlanes(work, plane);
        }
    }

    private static int StripFor(int pixels) => pixels <= NarrowStrip ? NarrowStrip : Strip;

    /// <summary>Adds what some input channels of the group give to all rows of the item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPlanes(in Work work, int plane)
    {
        int planes = Math.Min(_panel.PlanesPerRun, _panel.Planes - plane);
        bool isFirst = plane == 0;
        bool isLast = plane + planes == _panel.Planes;
        TileEpilogue epilogue = isLast
            ? (_hasResidual ? TileEpilogue.AddResidual : 0) | TileEpilogues.Of(_activation.Kind)
            : TileEpilogue.Plain;
        var kernel = (delegate*<GroupStripCall*, void>)TileEpilogues.Find<TOps, TVector, Strips>(
            epilogue, new Strips(work.Strip, _packing.FillsBlocks));
        float* panel = work.Scratch + (2 * TileFloats);
        int lanes = _packing.FillsBlocks ? TOps.Width : 1;

        GroupStripCall call = default;
        call.Input = panel;
        call.Blocks = _packing.FillsBlocks ? planes : 1;
        call.BlockStride = _panel.PlaneStride;
        call.Lanes = _packing.FillsBlocks ? TOps.Width : planes;
        call.LaneStride = _packing.FillsBlocks ? 1 : _panel.PlaneStride;
        call.TapCount = _packing.Taps;
        call.Weights = _weights.Weights + ((nint)work.Block * _packing.BlockStride) + ((nint)plane * lanes * _packing.Taps * TOps.Width);
        int rows = work.EndRow - work.FirstRow;
        nint weightFloats = (nint)planes * lanes * _packing.Taps * TOps.Width;
        call.PrefetchStep = ((_packing.Taps * TOps.Width) + rows - 1) / rows;
        int filled = 0;
        for (int y = work.FirstRow; y < work.EndRow; y++)
        {
            int firstRow = y * _geometry.Stride.Height;
            for (int row = Math.Max(filled, firstRow); row < firstRow + _panel.Rows; row++)
            {
                _panel.Fill(work.Input, work.Block, plane, planes, row, work.Column, work.Strip, panel);
            }

            filled = firstRow + _panel.Rows;
            // The weights of the next run of planes or of the next block lie behind these.
            call.Prefetch = call.Weights + weightFloats + (weightFloats * (y - work.FirstRow) / rows);
            fixed (nint* taps = _panel.Taps(firstRow))
            {
                call.Taps = taps;
                RunStrip(&call, kernel, work, y, isFirst, isLast);
            }
        }
    }

    /// <summary>One strip. One that hangs over the row's end is put together beside the output, which other items write at the same time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunStrip(GroupStripCall* call, delegate*<GroupStripCall*, void> kernel, in Work work, int y, bool isFirst, bool isLast)
    {
        nint offset = (((nint)y * _output.Width) + work.Column) * TOps.Width;
        float* output = work.Output + offset;
        bool hangsOver = work.Pixels < work.Strip;
        bool addsResidual = _hasResidual && isLast;
        float* target = hangsOver ? work.Scratch : output;
        call->Output = target;
        call->Residual = addsResidual ? work.Residual + offset : target;
        call->Start = isFirst ? _weights.Bias + (work.Block * TOps.Width) : target;
        call->StartStride = isFirst ? 0 : TOps.Width;
        if (hangsOver && !isFirst)
        {
            Copy(output, target, work.Pixels);
        }

        if (hangsOver && addsResidual)
        {
            Copy(call->Residual, work.Scratch + TileFloats, work.Pixels);
            call->Residual = work.Scratch + TileFloats;
        }

        PrefetchRow(output + ((nint)_output.Width * TOps.Width), work.Pixels);
        if (addsResidual)
        {
            PrefetchRow(work.Residual + offset + ((nint)_output.Width * TOps.Width), work.Pixels);
        }

        kernel(call);
        if (isLast && !TileEpilogues.Includes(_activation.Kind))
        {
            ActivationKernel<TOps, TVector>.Run(_activation, target, target, work.Pixels);
            if (work.Block == _output.Blocks - 1 && ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind))
            {
                ChannelTail.Clear(target, work.Pixels, TOps.Width, _output.LastLanes);
            }
        }

        if (hangsOver)
        {
            Copy(target, output, work.Pixels);
        }
    }

    /// <summary>Asks for what the next row's strip will touch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRow(float* row, nint pixels)
    {
        for (nint i = 0; i < pixels * TOps.Width; i += LineFloats)
        {
            TOps.Prefetch(row + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, nint pixels)
    {
        for (nint i = 0; i < pixels * TOps.Width; i += TOps.Width)
        {
            TOps.Store(target + i, TOps.Load(source + i));
        }
    }

    /// <summary>What one item works on.</summary>
    private struct Work
    {
        public int Block;
        public int Column;
        public int Pixels;
        public int Strip;
        public int FirstRow;
        public int EndRow;
        public float* Input;
        public float* Output;
        public float* Residual;
        public float* Scratch;
    }

    /// <summary>The kernels of a strip, for groups that fill blocks or others.</summary>
    private readonly struct Strips(int pixels, bool fillsBlocks) : IEpilogueKernels<TVector>
    {
        public nint Find<TEpilogue>()
            where TEpilogue : struct, ITileEpilogue<TVector>
        {
            delegate*<GroupStripCall*, void> kernel = (pixels, fillsBlocks) switch
            {
                (Strip, false) => &GroupStrip14<TOps, TVector, ValueForEachLane<TOps, TVector>, TEpilogue>.Run,
                (_, false) => &GroupStrip7<TOps, TVector, ValueForEachLane<TOps, TVector>, TEpilogue>.Run,
                (Strip, true) => &GroupStrip14<TOps, TVector, ValueForAllLanes<TOps, TVector>, TEpilogue>.Run,
                (_, true) => &GroupStrip7<TOps, TVector, ValueForAllLanes<TOps, TVector>, TEpilogue>.Run,
            };
            return (nint)kernel;
        }
    }
}
