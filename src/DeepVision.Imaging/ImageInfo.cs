namespace DeepVision.Imaging;

/// <summary>What a file's header says about its picture.</summary>
/// <param name="Format">The format, by content.</param>
/// <param name="Width">Stored width in pixels, before any turning.</param>
/// <param name="Height">Stored height in pixels, before any turning.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 (upright) where the file says nothing.</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, int Orientation)
{
    /// <summary>Whether applying the orientation exchanges width and height.</summary>
    public bool SwapsSides => Orientation >= 5;
}
