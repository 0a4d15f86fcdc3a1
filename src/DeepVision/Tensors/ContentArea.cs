namespace DeepVision.Tensors;

/// <summary>
/// The part of a network's input tensor that is picture, as decoders need it to clip boxes. A <see cref="SpatialSize"/> converts to
/// one at the tensor's top left, where a resized image lies; a centerd letterbox has it elsewhere.
/// </summary>
/// <param name="Size">Its rows and columns.</param>
internal readonly record struct ContentArea(SpatialSize Size)
{
    /// <summary>The tensor's first row of it. Default 0.</summary>
    public int Top { get; init; }

    /// <summary>The tensor's first column of it. Default 0.</summary>
    public int Left { get; init; }

    /// <summary>A picture at the tensor's top left.</summary>
    public static implicit operator ContentArea(SpatialSize size) => FromSpatialSize(size);

    /// <summary>A picture at the tensor's top left.</summary>
    public static ContentArea FromSpatialSize(SpatialSize size) => new(size);

    /// <summary>As <c>300 x 640 at (170, 0)</c>: height before width, row before column.</summary>
    public override string ToString() => Top == 0 && Left == 0 ? $"{Size}" : $"{Size} at ({Top}, {Left})";

    /// <summary>The box with every coordinate moved into the area. NaN stays NaN.</summary>
    internal Box Clip(Box box)
    {
        float right = Left + Size.Width;
        float bottom = Top + Size.Height;
        return new Box(Clamp(box.X1, Left, right), Clamp(box.Y1, Top, bottom), Clamp(box.X2, Left, right), Clamp(box.Y2, Top, bottom));
    }

    /// <summary>Requires an area of at least a pixel that begins in the tensor.</summary>
    internal void ThrowIfEmpty(string name)
    {
        Size.ThrowIfEmpty(name);
        if (Top < 0 || Left < 0)
        {
            throw new ArgumentOutOfRangeException(name, this, "The picture's first row and column must be at least 0.");
        }
    }

    /// <summary>Requires an area that lies in the padded tensor, neither of them empty.</summary>
    internal void ThrowIfNotWithin(SpatialSize padded, string name, string paddedName)
    {
        ThrowIfEmpty(name);
        padded.ThrowIfEmpty(paddedName);
        if (Top > padded.Height - Size.Height || Left > padded.Width - Size.Width)
        {
            throw new ArgumentOutOfRangeException(name, this, $"The picture must lie within the padded tensor of {padded}.");
        }
    }

    // Not Math.Clamp: a NaN passes both comparisons and stays, as in torch.clamp.
    private static float Clamp(float value, float low, float high) => value < low ? low : value > high ? high : value;
}
