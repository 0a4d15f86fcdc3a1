using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>A map of a Winograd layer, and which of the layer's tiles are its own.</summary>
internal readonly struct WinogradMap
{
    internal readonly TensorView Input;
    internal readonly TensorView Output;

    /// <summary>Rows that the layer makes, as far as the output needs them: its own, or twice as many where it is pooled.</summary>
    internal readonly int Height;

    /// <summary>Columns, likewise.</summary>
    internal readonly int Width;

    /// <summary>What is added to the output, where the layer adds something.</summary>
    internal readonly TensorView Residual;

    private readonly int _firstTile;
    private readonly int _tileRows;
    private readonly int _tileColumns;

    /// <param name="map">The map.</param>
    /// <param name="tile">Pixels of an output tile in each direction.</param>
    /// <param name="firstTile">How many tiles the maps before it have.</param>
    internal WinogradMap(in ConvolutionMap map, int tile, int firstTile)
    {
        Input = map.Input;
        Output = map.Output;
        Residual = map.Residual ?? default;
        Height = map.IsPooled ? 2 * Output.Height : Output.Height;
        Width = map.IsPooled ? 2 * Output.Width : Output.Width;
        _firstTile = firstTile;
        _tileRows = (Height + tile - 1) / tile;
        _tileColumns = (Width + tile - 1) / tile;
        EndTile = checked(firstTile + (Output.Batch * _tileRows * _tileColumns));
    }

    /// <summary>The tile behind its last.</summary>
    internal int EndTile { get; }

    /// <summary>The maps of a layer, their tiles one after the other.</summary>
    internal static WinogradMap[] Stack(ReadOnlySpan<ConvolutionMap> maps, int tile)
    {
        var stacked = new WinogradMap[maps.Length];
        for (int i = 0; i < maps.Length; i++)
        {
            stacked[i] = new WinogradMap(maps[i], tile, i == 0 ? 0 : stacked[i - 1].EndTile);
        }

        return stacked;
    }

    /// <summary>Where one of its tiles lies: the image, and the tile's row and column in it.</summary>
    internal (int Image, int Row, int Column) Locate(int tile)
    {
        (int row, int column) = Math.DivRem(tile - _firstTile, _tileColumns);
        (int image, row) = Math.DivRem(row, _tileRows);
        return (image, row, column);
    }
}
