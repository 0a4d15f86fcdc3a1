using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// The rows of the input that a strip of outputs reads, as many as the kernel reaches over; a new one takes the place of the oldest.
/// Columns that a stride takes to neighbouring outputs lie behind each other, and beyond the map all is zero, so that strips know
/// neither strides nor edges. A row consists of planes: one for each input channel of a group, every lane with the channel of its own
/// group, so that no product with a stranger's value is formed; or input blocks as they are where groups fill blocks.
/// </summary>
internal sealed unsafe class GroupPanel<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    // Half of a first-level cache.
    private const int Budget = 24 * 1024;
    private readonly ConvolutionGeometry _geometry;
    private readonly LanePacking _packing;
    private readonly TensorView _input;
    private readonly LaneMap? _map;
    private readonly int _phases;
    private readonly int _extraPixels;
    private readonly nint _phaseStride;
    private readonly nint[] _taps;

    /// <param name="geometry">The convolution.</param>
    /// <param name="packing">Its groups.</param>
    /// <param name="input">Its input.</param>
    /// <param name="pixels">Outputs of a strip, at most.</param>
    internal GroupPanel(ConvolutionGeometry geometry, LanePacking packing, in TensorView input, int pixels)
    {
        _geometry = geometry;
        _packing = packing;
        _input = input;
        _map = packing.FillsBlocks ? null : new LaneMap(packing);
        Planes = packing.InChannels / (packing.FillsBlocks ? TOps.Width : 1);
        int reach = ((geometry.Kernel.Width - 1) * geometry.Dilation.Width) + 1;
        _phases = Math.Min(geometry.Stride.Width, reach);
        _extraPixels = (reach - 1) / geometry.Stride.Width;
        _phaseStride = (nint)(pixels + _extraPixels) * TOps.Width;
        Rows = ((geometry.Kernel.Height - 1) * geometry.Dilation.Height) + 1;
        PlaneStride = _phases * _phaseStride;
        int fitting = (int)Math.Clamp(Budget / (Rows * PlaneStride * sizeof(float)), 1, Planes);
        int runs = (Planes + fitting - 1) / fitting;
        PlanesPerRun = (Planes + runs - 1) / runs;
        _taps = FindTaps();
    }

    /// <summary>Rows that it holds.</summary>
    internal int Rows { get; }

    /// <summary>Planes of a group.</summary>
    internal int Planes { get; }

    /// <summary>Planes that it holds at most.</summary>
    internal int PlanesPerRun { get; }

    /// <summary>Floats from one plane of a row to the next.</summary>
    internal nint PlaneStride { get; }

    internal long Floats => (long)Rows * RowStride;

    private nint RowStride => PlanesPerRun * PlaneStride;

    /// <summary>For each tap the floats from the panel's start to what it reads.</summary>
    /// <param name="row">The kernel's first row in the input, counted from the first row of the padding.</param>
    internal ReadOnlySpan<nint> Taps(int row) => _taps.AsSpan(row % Rows * _geometry.Taps, _geometry.Taps);

    /// <summary>Brings a row of the input.</summary>
    /// <param name="image">The input's first pixel.</param>
    /// <param name="outBlock">The output block that reads it.</param>
    /// <param name="firstPlane">The first plane, counted within a group.</param>
    /// <param name="planes">How many.</param>
    /// <param name="row">The row, counted from the first row of the padding.</param>
    /// <param name="column">The first output's column.</param>
    /// <param name="pixels">Outputs.</param>
    /// <param name="panel">The panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Fill(float* image, int outBlock, int firstPlane, int planes, int row, int column, int pixels, float* panel)
    {
        float* target = panel + (row % Rows * RowStride);
        int y = row - _geometry.Padding.Top;
        if ((uint)y >= (uint)_input.Height)
        {
            Clear(target, planes * PlaneStride);
            return;
        }

        int stride = _geometry.Stride.Width;
        int count = pixels + _extraPixels;
        for (int phase = 0; phase < _phases; phase++)
        {
            int x = (column * stride) - _geometry.Padding.Left + phase;
            int begin = Math.Min(x < 0 ? (-x + stride - 1) / stride : 0, count);
            int end = Math.Clamp(x < _input.Width ? (_input.Width - x + stride - 1) / stride : 0, begin, count);
            var run = new Run
            {
                Source = image + ((((long)y * _input.Width) + x + (begin * stride)) * TOps.Width),
                Step = (nint)stride * TOps.Width,
                Begin = begin,
                End = end,
                Count = count,
            };
            float* plane = target + (phase * _phaseStride);
            for (int k = firstPlane; k < firstPlane + planes; k++)
            {
                if (_map == null)
                {
                    CopyPlane(run, outBlock, k, plane);
                }
                else
                {
                    FillPlane(run, _map, outBlock, k, plane);
                }

                plane += PlaneStride;
            }
        }
    }

    /// <summary>A block of input channels as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyPlane(in Run run, int outBlock, int k, float* target)
    {
        int group = outBlock / (_packing.OutChannels / TOps.Width);
        Clear(target, run.Begin * TOps.Width);
        float* source = run.Source + (((group * Planes) + k) * _input.PlaneStride);
        float* end = target + (run.End * TOps.Width);
        for (float* to = target + (run.Begin * TOps.Width); to < end; to += TOps.Width)
        {
            TOps.Store(to, TOps.Load(source));
            source += run.Step;
        }

        Clear(end, (run.Count - run.End) * TOps.Width);
    }

    /// <summary>For each lane the k-th channel of its group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPlane(in Run run, LaneMap map, int outBlock, int k, float* target)
    {
        Clear(target, run.Begin * TOps.Width);
        float* begin = target + (run.Begin * TOps.Width);
        float* end = target + (run.End * TOps.Width);
        int first = map.Find(outBlock, k, out int behind, out int firstInBlock);
        for (int piece = first; piece < behind; piece++)
        {
            (int inBlock, int control) = map.Pieces[piece];
            float* source = run.Source + ((firstInBlock + inBlock) * _input.PlaneStride);
            TVector order = TOps.Load(map.Control(control));
            TVector mask = TOps.Load(map.Control(control) + TOps.Width);
            if (piece == first)
            {
                for (float* to = begin; to < end; to += TOps.Width)
                {
                    TOps.Store(to, TOps.And(TOps.Permute(TOps.Load(source), order), mask));
                    source += run.Step;
                }
            }
            else
            {
                for (float* to = begin; to < end; to += TOps.Width)
                {
                    TOps.Store(to, TOps.Or(TOps.Load(to), TOps.And(TOps.Permute(TOps.Load(source), order), mask)));
                    source += run.Step;
                }
            }
        }

        Clear(end, (run.Count - run.End) * TOps.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(float* target, nint count)
    {
        for (nint i = 0; i < count; i += TOps.Width)
        {
            TOps.Store(target + i, TOps.Zero);
        }
    }

    private nint[] FindTaps()
    {
        var taps = new nint[Rows * _geometry.Taps];
        int next = 0;
        for (int row = 0; row < Rows; row++)
        {
            for (int ky = 0; ky < _geometry.Kernel.Height; ky++)
            {
                for (int kx = 0; kx < _geometry.Kernel.Width; kx++)
                {
                    (int pixel, int phase) = Math.DivRem(kx * _geometry.Dilation.Width, _geometry.Stride.Width);
                    taps[next++] = ((row + (ky * _geometry.Dilation.Height)) % Rows * RowStride) + (phase * _phaseStride) + (pixel * TOps.Width);
                }
            }
        }

        return taps;
    }

    /// <summary>The columns of one phase: which lie in the map, and where the first of these comes from.</summary>
    private struct Run
    {
        public float* Source;
        public nint Step;
        public nint Begin;
        public nint End;
        public nint Count;
    }
}
