namespace DeepVision.Imaging;

/// <summary>A kind of image file.</summary>
public enum ImageFormat
{
    /// <summary>JPEG: .jpg, .jpeg, .jpe, .jfif.</summary>
    Jpeg,

    /// <summary>PNG: .png.</summary>
    Png,

    /// <summary>WebP: .webp.</summary>
    WebP,

    /// <summary>Windows bitmap: .bmp, .dib.</summary>
    Bmp,

    /// <summary>GIF: .gif. Read only, and of an animation the first frame.</summary>
    Gif,
}
