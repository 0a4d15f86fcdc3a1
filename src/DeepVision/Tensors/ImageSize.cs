namespace DeepVision.Tensors;

/// <summary>The sides of an image or of a prepared tensor, in pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>The number of pixels.</summary>
    public long Area => (long)Width * Height;

    /// <summary>A square.</summary>
    /// <param name="side">Its side in pixels.</param>
    public static ImageSize Square(int side) => new(side, side);

    /// <summary>The size as <c>640 x 480</c>, width first.</summary>
    public override string ToString() => $"{Width} x {Height}";
}
