using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// The first convolution of a network, read from the planar image: few input channels would leave most lanes of a block
/// empty. An item is a band of output rows. Its input rows are copied once with padding and split by column phase (for
/// stride 2, even and odd columns), so that what a tap gives to neighboring pixels lies side by side.
/// </summary>
internal sealed unsafe class PlanarConvolution<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int MaxBandRows = 8;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPacking _packing;
    private readonly PackedWeights _weights;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly Activation _activation;
    private readonly int _bandRows;
    private readonly int _inputRows;
    private readonly int _phaseWidth;
    private readonly int[] _tapOffsets;

    internal PlanarConvolution(
        string name,
        ConvolutionGeometry geometry,
        GemmPacking packing,
        PackedWeights weights,
        in TensorView input,
        in TensorView output,
        Activation activation,
        int threads)
        : base(name)
    {
        Debug.Assert(input.Block == 1 && packing.Planar && packing.Groups == 1, "A planar image, one group.");
        _geometry = geometry;
        _packing = packing;
        _weights = weights;
        _input = input;
        _output = output;
        _activation = activation;
        int bands = Math.Max(1, threads * 4 / output.Batch);
        _bandRows = Math.Clamp((output.Height + bands - 1) / bands, 1, MaxBandRows);
        _inputRows = ((_bandRows - 1) * geometry.Stride.Height) + ((geometry.Kernel.Height - 1) * geometry.Dilation.Height) + 1;
        int reach = (geometry.Kernel.Width - 1) * geometry.Dilation.Width / geometry.Stride.Width;
        _phaseWidth = output.Width + reach + TapMajor.Pitch;
        _tapOffsets = FindTapOffsets();
    }

    internal override int Items => _output.Batch * Bands;

    internal override long ScratchFloats => PanelFloats + TileFloats + RowFloats;

    internal override long MultiplyAdds => (long)_output.Batch * _output.Pixels * _packing.OutChannels * _packing.Depth;

    private static int TileFloats => TileKernels<TOps, TVector>.Blocks * TileKernels<TOps, TVector>.Pixels * TOps.Width;

    private int Bands => (_output.Height + _bandRows - 1) / _bandRows;

    private long PanelFloats => _packing.Depth * TapMajor.Pitch;

    private long RowFloats => (long)_input.Channels * _inputRows * _geometry.Stride.Width * _phaseWidth;

    internal override string Describe() =>
        $"planar {_geometry} tile {TileKernels<TOps, TVector>.Pixels}x{TileKernels<TOps, TVector>.Blocks} bands {Bands}x{_bandRows} rows"
        + $"{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int image, int band) = Math.DivRem(item, Bands);
        int firstRow = band * _bandRows;
        int lastRow = Math.Min(firstRow + _bandRows, _output.Height);
        float* panel = scratch;
        float* spill = panel + PanelFloats;
        float* rows = spill + TileFloats;
        SplitRows(_input.Resolve(slots) + (image * _input.ImageStride), (firstRow * _geometry.Stride.Height) - _geometry.Padding.Top, rows);

        float* output = _output.Resolve(slots) + (image * _output.ImageStride);
        for (int y = firstRow; y < lastRow; y++)
        {
            for (int x = 0; x < _output.Width; x += TileKernels<TOps, TVector>.Pixels)
            {
                int pixels = Math.Min(TileKernels<TOps, TVector>.Pixels, _output.Width - x);
                int kernelPixels = TileKernels<TOps, TVector>.PixelsFor(pixels);
                FillPanel(rows, y - firstRow, x, kernelPixels, panel);
                for (int tile = 0; tile < _packing.OutTiles; tile++)
                {
                    RunTile(tile, panel, spill, output + ((((long)y * _output.Width) + x) * TOps.Width), pixels, kernelPixels);
                }
            }
        }
    }

    /// <summary>Copies the band's input rows to (channel, row, phase, column), zeros outside of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SplitRows(float* image, int firstInputRow, float* rows)
    {
        int phases = _geometry.Stride.Width;
        for (int c = 0; c < _input.Channels; c++)
        {
            for (int row = 0; row < _inputRows; row++)
            {
                int y = firstInputRow + row;
                var target = new Span<float>(rows, phases * _phaseWidth);
                rows += phases * _phaseWidth;
                if ((uint)y >= (uint)_input.Height)
                {
                    target.Clear();
                    continue;
                }

                var source = new ReadOnlySpan<float>(image + (c * _input.PlaneStride) + ((long)y * _input.Width), _input.Width);
                for (int phase = 0; phase < phases; phase++)
                {
                    SplitPhase(source, phase - _geometry.Padding.Left, phases, target.Slice(phase * _phaseWidth, _phaseWidth));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SplitPhase(ReadOnlySpan<float> source, int firstColumn, int step, Span<float> target)
    {
        int i = 0;
        int x = firstColumn;
        for (; i < target.Length && x < 0; i++, x += step)
        {
            target[i] = 0;
        }

        if (step == 2 && x >= 0)
        {
            // The lower halves of pairs of values.
            ref float first = ref MemoryMarshal.GetReference(source);
            int count = Vector256<float>.Count;
            for (; i + count <= target.Length && x + (2 * count) <= source.Length; i += count, x += 2 * count)
            {
                Vector256<ulong> left = Vector256.LoadUnsafe(ref first, (nuint)x).AsUInt64();
                Vector256<ulong> right = Vector256.LoadUnsafe(ref first, (nuint)(x + count)).AsUInt64();
                Vector256.Narrow(left, right).AsSingle().CopyTo(target[i..]);
            }
        }

        for (; i < target.Length && x < source.Length; i++, x += step)
        {
            target[i] = source[x];
        }

        target[i..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPanel(float* rows, int y, int x, int pixels, float* panel)
    {
        float* first = rows + ((nint)y * _geometry.Stride.Height * _geometry.Stride.Width * _phaseWidth) + x;
        foreach (int offset in _tapOffsets)
        {
            float* source = first + offset;
            for (nint p = 0; p < pixels; p += TOps.Width)
            {
                TOps.Store(panel + p, TOps.Load(source + p));
            }

            panel += TapMajor.Pitch;
        }
    }

    /// <summary>Where each tap of the band's first pixel lies among the split rows.</summary>
    private int[] FindTapOffsets()
    {
        var offsets = new int[_packing.Depth];
        int tap = 0;
        for (int c = 0; c < _input.Channels; c++)
        {
            for (int ky = 0; ky < _geometry.Kernel.Height; ky++)
            {
                int row = (c * _inputRows) + (ky * _geometry.Dilation.Height);
                for (int kx = 0; kx < _geometry.Kernel.Width; kx++)
                {
                    (int shift, int phase) = Math.DivRem(kx * _geometry.Dilation.Width, _geometry.Stride.Width);
                    offsets[tap++] = checked((((row * _geometry.Stride.Width) + phase) * _phaseWidth) + shift);
                }
            }
        }

        return offsets;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTile(int tile, float* panel, float* spill, float* output, int pixels, int kernelPixels)
    {
        int firstBlock = tile * TileKernels<TOps, TVector>.Blocks;
        int blocks = _packing.BlocksOf(tile);
        float* target = output + (firstBlock * _output.PlaneStride);
        bool inPlace = pixels == kernelPixels;
        TileCall call = default;
        call.Input = panel;
        call.InputBlockStride = 0;
        call.Blocks = 1;
        call.Lanes = (nint)_packing.Depth;
        call.Weights = _weights.Weights + _packing.TileOffset(tile);
        call.Prefetch = call.Weights;
        call.PrefetchStep = 0;
        call.Bias = _weights.Bias + ((nint)firstBlock * TOps.Width);
        call.Residual = null;
        call.Output = inPlace ? target : spill;
        call.OutputBlockStride = inPlace ? (nint)_output.PlaneStride : kernelPixels * TOps.Width;
        TileKernels<TOps, TVector>.Find<TapMajor>(kernelPixels, blocks, TileEpilogues.Of(_activation.Kind))(&call);

        for (int block = 0; block < blocks; block++)
        {
            float* values = call.Output + (block * call.OutputBlockStride);
            if (!TileEpilogues.Includes(_activation.Kind))
            {
                ActivationKernel<TOps, TVector>.Run(_activation, values, values, pixels);
                if (firstBlock + block == _packing.OutBlocks - 1 && ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind))
                {
                    ChannelTail.Clear(values, pixels, TOps.Width, _output.LastLanes);
                }
            }

            if (!inPlace)
            {
                nint bytes = pixels * TOps.Width * sizeof(float);
                Buffer.MemoryCopy(values, target + (block * _output.PlaneStride), bytes, bytes);
            }
        }
    }
}
