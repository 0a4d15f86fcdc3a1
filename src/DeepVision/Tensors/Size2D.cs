namespace DeepVision.Tensors;

/// <summary>Extents, steps or factors along the two spatial axes. An <see cref="int"/> converts to a square.</summary>
/// <param name="Height">Along y.</param>
/// <param name="Width">Along x.</param>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>One along both axes.</summary>
    public static Size2D One => new(1, 1);

    /// <summary>The product of both extents.</summary>
    public int Area => checked(Height * Width);

    /// <summary>The same extent along both axes.</summary>
    public static implicit operator Size2D(int side) => new(side, side);

    /// <summary>The same extent along both axes.</summary>
    public static Size2D Square(int side) => new(side, side);

    /// <summary><c>3x3</c>.</summary>
    public override string ToString() => $"{Height}x{Width}";
}
