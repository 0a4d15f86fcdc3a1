using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Tiles;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>
/// One convolution of 3 x 3 by Winograd's algorithm on one map, or on several with the same weights, whose tiles follow each
/// other as if they were one map's: the parts that its steps are made of. Points of the input lie as (group of tiles, point,
/// block, tile, lane), products as (group, block of the pair, point, tile, lane).
/// </summary>
internal sealed unsafe class WinogradLayer<TOps, TVector, TTransform>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TTransform : struct, IWinogradTransform
{
    private readonly ConvolutionGeometry _geometry;
    private readonly WinogradPacking _packing;
    private readonly PackedWeights _weights;
    private readonly WinogradMap[] _maps;
    private readonly bool _hasResidual;
    private readonly bool _isPooled;
    private readonly Activation _activation;
    private readonly delegate*<WinogradOutputCall*, void> _transformOutput;

    internal WinogradLayer(
        ConvolutionGeometry geometry,
        WinogradPacking packing,
        PackedWeights weights,
        ReadOnlySpan<ConvolutionMap> maps,
        Activation activation,
        int threads)
    {
        _geometry = geometry;
        _packing = packing;
        _weights = weights;
        _maps = WinogradMap.Stack(maps, TTransform.Tile);
        _hasResidual = maps[0].Residual != null;
        _isPooled = maps[0].IsPooled;
        _activation = activation;
        _transformOutput = TTransform.Output(
            (_hasResidual ? TileEpilogue.AddResidual : 0) | TileEpilogues.Of(activation.Kind));
        Blocking = WinogradBlocking.Choose(packing, _maps[^1].EndTile, TileKernels<TOps, TVector>.GroupSizes, threads);
    }

    internal WinogradBlocking Blocking { get; }

    internal WinogradPacking Packing => _packing;

    /// <summary>Floats of the input's points for one group of tiles.</summary>
    internal long GroupPointFloats => _packing.Points * PointPitch;

    /// <summary>
    /// Scratch of <see cref="TransformInput"/> and <see cref="TransformOutput"/>: a patch of points, a row of zeros, a tile to be pooled.
    /// </summary>
    internal static long PatchFloats => TileOffset + (TTransform.Tile * TTransform.Tile * (long)TOps.Width);

    /// <summary>Floats of the products of one group of tiles and one pair of output blocks.</summary>
    internal long ProductFloats => 2L * _packing.Points * Blocking.GroupTiles * TOps.Width;

    internal long MultiplyAdds =>
        _maps.Sum(map => (long)map.Output.Batch * map.Height * map.Width) * _packing.OutChannels * _packing.InChannels * 9;

    private static nint TileOffset => (TTransform.Tile + 2) * (TTransform.Tile + 3) * (nint)TOps.Width;

    // A vector more than the points need, so that they do not lie a multiple of 4 KiB apart.
    private nint PointPitch => (((nint)_packing.InBlocks * Blocking.GroupTiles) + 1) * TOps.Width;

    internal string DescribeRound(int round) => Blocking.Rounds == 1 ? "" : $"round {round + 1} of {Blocking.Rounds} ";

    internal string Describe(int round) =>
        $"Winograd F({TTransform.Tile},3) {_geometry} {DescribeRound(round)}{Blocking}{(_hasResidual ? " + residual" : "")}"
        + $"{(_activation.Kind == ActivationKind.Identity ? "" : $" + {_activation}")}"
        + $"{(_isPooled ? " + Max pool 2x2" : "")}"
        + $" {string.Join(", ", _maps.Select(map => map.Input))} -> {string.Join(", ", _maps.Select(map => map.Output))}";

    /// <summary>Finds the points of some input blocks of a group of tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void TransformInput(float** slots, int group, int firstBlock, int endBlock, float* points, float* patch)
    {
        int side = TTransform.Tile + 2;
        float* zeros = patch + (side * side * TOps.Width);
        for (int i = 0; i < side; i++)
        {
            TOps.Store(zeros + (i * TOps.Width), TOps.Zero);
        }

        float** rows = stackalloc float*[8];
        int first = group * Blocking.GroupTiles;
        int end = Math.Min(first + Blocking.GroupTiles, Blocking.Tiles);
        for (int tile = first; tile < end; tile++)
        {
            ref readonly WinogradMap map = ref MapOf(tile);
            ref readonly TensorView input = ref map.Input;
            float* origin = input.Resolve(slots);
            (int image, int y, int x) = map.Locate(tile);
            y = (y * TTransform.Tile) - _geometry.Padding.Top;
            x = (x * TTransform.Tile) - _geometry.Padding.Left;
            int firstColumn = Math.Max(0, -x);
            int endColumn = Math.Min(side, input.Width - x);
            float* target = points + ((tile - first) * TOps.Width);
            for (int block = firstBlock; block < endBlock; block++)
            {
                float* plane = origin + (image * input.ImageStride) + (block * input.PlaneStride) + (x * TOps.Width);
                for (int row = 0; row < side; row++)
                {
                    rows[row] = (uint)(y + row) < (uint)input.Height
                        ? plane + ((y + row) * (nint)input.Width * TOps.Width)
                        : zeros;
                }

                TTransform.Input(
                    rows, firstColumn, endColumn, patch, target + ((nint)block * Blocking.GroupTiles * TOps.Width), PointPitch);
            }
        }
    }

    /// <summary>Multiplies the points of some groups with those of some pairs of output blocks.</summary>
    /// <param name="points">The first group's.</param>
    /// <param name="firstGroup">The first group.</param>
    /// <param name="endGroup">The group behind the last.</param>
    /// <param name="firstTile">The first pair of output blocks.</param>
    /// <param name="endTile">The pair behind the last.</param>
    /// <param name="products">Receives the products, pair by pair, group by group.</param>
    /// <param name="zeroBias">Two vectors of zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Multiply(
        float* points, int firstGroup, int endGroup, int firstTile, int endTile, float* products, float* zeroBias)
    {
        int groups = endGroup - firstGroup;
        TileCall call = default;
        call.Lanes = TOps.Width;
        call.Blocks = _packing.InBlocks;
        call.InputBlockStride = Blocking.GroupTiles * TOps.Width;
        call.Bias = zeroBias;
        call.OutputBlockStride = (nint)_packing.Points * Blocking.GroupTiles * TOps.Width;
        for (int point = 0; point < _packing.Points; point++)
        {
            for (int tile = firstTile; tile < endTile; tile++)
            {
                int blocks = _packing.BlocksOf(tile);
                float* weights = _weights.Weights + (point * _packing.PointStride) + _packing.TileOffset(tile);
                float* next = tile + 1 < endTile ? weights + (_packing.TileOffset(tile + 1) - _packing.TileOffset(tile))
                    : point + 1 < _packing.Points ? _weights.Weights + ((point + 1) * _packing.PointStride) + _packing.TileOffset(firstTile)
                    : weights;
                long depth = (long)_packing.InBlocks * TOps.Width;
                call.PrefetchStep = ((blocks * TOps.Width) + groups - 1) / groups;
                for (int group = firstGroup; group < endGroup; group++)
                {
                    int count = Math.Min(Blocking.GroupTiles, Blocking.Tiles - (group * Blocking.GroupTiles));
                    call.Weights = weights;
                    call.Prefetch = next + (depth * blocks * TOps.Width * (group - firstGroup) / groups);
                    call.Input = points + ((group - firstGroup) * GroupPointFloats) + (point * PointPitch);
                    call.Output = products + ((((tile - firstTile) * (long)groups) + group - firstGroup) * ProductFloats)
                        + ((nint)point * Blocking.GroupTiles * TOps.Width);
                    call.Residual = call.Output;
                    TileKernels<TOps, TVector>.Find<PixelMajor>(
                        TileKernels<TOps, TVector>.PixelsFor(count, Blocking.GroupTiles), blocks, TileEpilogue.Plain)(&call);
                }
            }
        }
    }

    /// <summary>Finishes what <see cref="Multiply"/> left: outputs, bias, residual, activation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void TransformOutput(
        float** slots, float* products, int firstGroup, int endGroup, int firstTile, int endTile, float* patch)
    {
        WinogradOutputCall call = default;
        call.PointStride = Blocking.GroupTiles * TOps.Width;
        call.Temporary = patch;
        nint blockFloats = (nint)_packing.Points * Blocking.GroupTiles * TOps.Width;
        for (int channelTile = firstTile; channelTile < endTile; channelTile++)
        {
            for (int group = firstGroup; group < endGroup; group++)
            {
                int first = group * Blocking.GroupTiles;
                int end = Math.Min(first + Blocking.GroupTiles, Blocking.Tiles);
                for (int part = 0; part < _packing.BlocksOf(channelTile); part++)
                {
                    int block = (channelTile * TileKernels<TOps, TVector>.Blocks) + part;
                    call.Bias = _weights.Bias + (block * TOps.Width);
                    for (int tile = first; tile < end; tile++)
                    {
                        ref readonly WinogradMap map = ref MapOf(tile);
                        ref readonly TensorView output = ref map.Output;
                        (int image, int y, int x) = map.Locate(tile);
                        y *= TTransform.Tile;
                        x *= TTransform.Tile;
                        call.Points = products + (part * blockFloats) + ((tile - first) * TOps.Width);
                        call.Rows = Math.Min(TTransform.Tile, map.Height - y);
                        call.Columns = Math.Min(TTransform.Tile, map.Width - x);
                        float* plane = output.Resolve(slots) + (image * output.ImageStride) + (block * output.PlaneStride);
                        if (_isPooled)
                        {
                            call.Output = patch + TileOffset;
                            call.Residual = call.Output;
                            call.RowStride = TTransform.Tile * TOps.Width;
                            _transformOutput(&call);
                            Activate(call, block);
                            Pool(call, plane + (((y / 2 * (nint)output.Width) + (x / 2)) * TOps.Width), output.Width * TOps.Width);
                            continue;
                        }

                        nint pixel = ((y * (nint)output.Width) + x) * TOps.Width;
                        call.Output = plane + pixel;
                        call.Residual = _hasResidual
                            ? map.Residual.Resolve(slots) + (image * map.Residual.ImageStride) + (block * map.Residual.PlaneStride) + pixel
                            : call.Output;
                        call.RowStride = (nint)output.Width * TOps.Width;
                        _transformOutput(&call);
                        Activate(call, block);
                    }
                }

                products += ProductFloats;
            }
        }
    }

    /// <summary>The largest of each two by two pixels of a finished tile, compared in the order in which a pool does it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pool(in WinogradOutputCall call, float* target, nint targetRow)
    {
        TVector least = TOps.Broadcast(float.NegativeInfinity);
        for (nint row = 0; row < call.Rows; row += 2)
        {
            float* upper = call.Output + (row * call.RowStride);
            float* lower = upper + call.RowStride;
            for (nint column = 0; column < call.Columns; column += 2)
            {
                TVector largest = TOps.Max(least, TOps.Load(upper));
                largest = TOps.Max(largest, TOps.Load(upper + TOps.Width));
                largest = TOps.Max(largest, TOps.Load(lower));
                largest = TOps.Max(largest, TOps.Load(lower + TOps.Width));
                TOps.Store(target + (column / 2 * TOps.Width), largest);
                upper += 2 * TOps.Width;
                lower += 2 * TOps.Width;
            }

            target += targetRow;
        }
    }

    private void Activate(in WinogradOutputCall call, int block)
    {
        if (TileEpilogues.Includes(_activation.Kind))
        {
            return;
        }

        for (nint row = 0; row < call.Rows; row++)
        {
            float* values = call.Output + (row * call.RowStride);
            ActivationKernel<TOps, TVector>.Run(_activation, values, values, (int)call.Columns);
            if (block == _packing.OutBlocks - 1 && ActivationKernel<TOps, TVector>.MovesZero(_activation.Kind))
            {
                ChannelTail.Clear(values, (int)call.Columns, TOps.Width, _maps[0].Output.LastLanes);
            }
        }
    }

    private ref readonly WinogradMap MapOf(int tile)
    {
        int index = 0;
        while (tile >= _maps[index].EndTile)
        {
            index++;
        }

        return ref _maps[index];
    }
}
