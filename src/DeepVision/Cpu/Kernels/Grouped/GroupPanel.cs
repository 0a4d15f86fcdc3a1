using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Grouped;

/// <summary>
/// The rows of the input that a strip of outputs reads, as many as the kernel reaches over; a new one takes the place of the oldest.
/// Columns that a stride takes to neighboring outputs lie behind each other, and beyond the map all is zero, so that strips know
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

    /// <summary>Floats from a row of the input to the one that the next row of outputs needs in its place.</summary>
    private nint Ahead => (nint)_geometry.Stride.Height * _input.Width * TOps.Width;

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
            int begin = x >= 0 ? 0 : Math.Min((-x + stride - 1) / stride, count);
            int end = x + ((count - 1) * stride) < _input.Width ? count
                : x < _input.Width ? Math.Max((_input.Width - x + stride - 1) / stride, begin)
                : begin;
            float* source = image + ((((long)y * _input.Width) + x + (begin * stride)) * TOps.Width);
            float* planeOfPhase = target + (phase * _phaseStride);
            if (end - begin < count)
            {
                for (int k = 0; k < planes; k++)
                {
                    Clear(planeOfPhase + (k * PlaneStride), begin * TOps.Width);
                    Clear(planeOfPhase + (k * PlaneStride) + (end * TOps.Width), (count - end) * TOps.Width);
                }
            }

            nint floats = (nint)(end - begin) * TOps.Width;
            if (_map == null)
            {
                CopyPlanes(source, outBlock, firstPlane, planes, planeOfPhase + (begin * TOps.Width), floats);
            }
            else
            {
                FillPlanes(_map, source, outBlock, firstPlane, planes, planeOfPhase + (begin * TOps.Width), floats);
            }
        }
    }

    /// <summary>Blocks of input channels as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyPlanes(float* source, int outBlock, int firstPlane, int planes, float* target, nint floats)
    {
        int group = outBlock / (_packing.OutChannels / TOps.Width);
        source += ((group * Planes) + firstPlane) * _input.PlaneStride;
        nint step = (nint)_geometry.Stride.Width * TOps.Width;
        nint ahead = Ahead;
        for (int k = 0; k < planes; k++)
        {
            float* from = source;
            for (nint i = 0; i < floats; i += TOps.Width)
            {
                TOps.Prefetch(from + ahead);
                TOps.Store(target + i, TOps.Load(from));
                from += step;
            }

            source += _input.PlaneStride;
            target += PlaneStride;
        }
    }

    /// <summary>For each lane the channels of its group, four at a time where they come from the same blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPlanes(LaneMap map, float* source, int outBlock, int firstPlane, int planes, float* target, nint floats)
    {
        nint step = (nint)_geometry.Stride.Width * TOps.Width;
        nint ahead = Ahead;
        int index = map.Find(outBlock, out int firstInBlock) + firstPlane;
        source += firstInBlock * _input.PlaneStride;
        ReadOnlySpan<LanePiece> pieces = map.Pieces;
        ReadOnlySpan<int> first = map.First;
        for (int k = 0; k < planes;)
        {
            int piece = first[index + k];
            LanePiece p = pieces[piece];
            float* left = source + (p.InBlock * _input.PlaneStride);
            float* right = source + (p.SecondInBlock * _input.PlaneStride);
            if (k + 4 <= planes && first[index + k + 4] == piece + 4
                && p.ReadsSameAs(pieces[piece + 1]) && p.ReadsSameAs(pieces[piece + 2]) && p.ReadsSameAs(pieces[piece + 3]))
            {
                LaneFill<TOps, TVector>.Four(
                    left,
                    right,
                    step,
                    ahead,
                    target,
                    PlaneStride,
                    floats,
                    map.Control(p.Control),
                    map.Control(pieces[piece + 1].Control),
                    map.Control(pieces[piece + 2].Control),
                    map.Control(pieces[piece + 3].Control));
                k += 4;
                target += 4 * PlaneStride;
                continue;
            }

            LaneFill<TOps, TVector>.One(left, right, step, ahead, target, floats, map.Control(p.Control));
            for (int other = piece + 1; other < first[index + k + 1]; other++)
            {
                p = pieces[other];
                left = source + (p.InBlock * _input.PlaneStride);
                right = source + (p.SecondInBlock * _input.PlaneStride);
                LaneFill<TOps, TVector>.Add(left, right, step, target, floats, map.Control(p.Control));
            }

            k++;
            target += PlaneStride;
        }
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
}
