namespace DeepVision.Imaging;

/// <summary>What to do with transparency.</summary>
public enum AlphaHandling
{
    /// <summary>Keep each pixel's stored color and forget its alpha, as Pillow's <c>convert("RGB")</c> does.</summary>
    Drop,

    /// <summary>Lay the picture over <see cref="ImageLoadOptions.Background"/>.</summary>
    BlendOver,
}
