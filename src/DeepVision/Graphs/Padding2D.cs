using DeepVision.Tensors;

namespace DeepVision.Graphs;

/// <summary>Rows and columns added around a map. An <see cref="int"/> converts to the same amount on all four sides.</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Right">Columns to the right.</param>
public readonly record struct Padding2D(int Top, int Left, int Bottom, int Right)
{
    /// <summary>No padding.</summary>
    public static Padding2D None => default;

    /// <summary>Rows added above and below together.</summary>
    public int Vertical => Top + Bottom;

    /// <summary>Columns added left and right together.</summary>
    public int Horizontal => Left + Right;

    /// <summary>The same amount on all four sides.</summary>
    public static implicit operator Padding2D(int amount) => new(amount, amount, amount, amount);

    /// <summary>The same amount on all four sides.</summary>
    public static Padding2D All(int amount) => amount;

    /// <summary>No padding, in the literature's words: the window stays within the map, which shrinks.</summary>
    public static Padding2D Valid => None;

    /// <summary>
    /// What keeps the map's size at stride 1: half the window's span on each side, the odd row below and column to the right, as
    /// PyTorch and TensorFlow place it. With a stride greater than 1 the map is divided by it, rounded up, for odd windows.
    /// </summary>
    /// <param name="kernel">The window.</param>
    /// <param name="dilation">Distance of the window's taps; null for 1.</param>
    public static Padding2D Same(Size2D kernel, Size2D? dilation = null)
    {
        Padding2D full = Full(kernel, dilation);
        return new Padding2D(full.Top / 2, full.Left / 2, full.Top - (full.Top / 2), full.Left - (full.Left / 2));
    }

    /// <summary>As much as lets every position of the window that touches the map count: the map grows by the window's span less one.</summary>
    /// <param name="kernel">The window.</param>
    /// <param name="dilation">Distance of the window's taps; null for 1.</param>
    public static Padding2D Full(Size2D kernel, Size2D? dilation = null)
    {
        Size2D distance = dilation ?? Size2D.One;
        int rows = checked((kernel.Height - 1) * distance.Height);
        int columns = checked((kernel.Width - 1) * distance.Width);
        return new Padding2D(rows, columns, rows, columns);
    }

    /// <summary>The amount where all sides agree, else <c>top,left,bottom,right</c>.</summary>
    public override string ToString() =>
        Top == Left && Top == Bottom && Top == Right ? $"{Top}" : $"{Top},{Left},{Bottom},{Right}";
}
