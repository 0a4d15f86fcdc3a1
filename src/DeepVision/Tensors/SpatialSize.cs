namespace DeepVision.Tensors;

/// <summary>Rows and columns of a feature map, a tensor or an image.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct SpatialSize(int Height, int Width)
{
    /// <summary>Rows times columns.</summary>
    public long Area => (long)Height * Width;

    /// <summary>As <c>800 x 1216</c>, height first.</summary>
    public override string ToString() => $"{Height} x {Width}";

    internal void ThrowIfEmpty(string name)
    {
        if (Height < 1 || Width < 1)
        {
            throw new ArgumentOutOfRangeException(name, this, "Height and width must be at least 1.");
        }
    }

    /// <summary>Requires an image's size that fits into its padded tensor's, neither of them empty.</summary>
    internal void ThrowIfNotWithin(SpatialSize padded, string name, string paddedName)
    {
        ThrowIfEmpty(name);
        padded.ThrowIfEmpty(paddedName);
        if (Height > padded.Height || Width > padded.Width)
        {
            throw new ArgumentOutOfRangeException(name, this, $"The image must fit into the padded tensor of {padded}.");
        }
    }
}
