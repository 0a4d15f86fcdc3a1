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

    /// <summary>The amount where all sides agree, else <c>top,left,bottom,right</c>.</summary>
    public override string ToString() =>
        Top == Left && Top == Bottom && Top == Right ? $"{Top}" : $"{Top},{Left},{Bottom},{Right}";
}
