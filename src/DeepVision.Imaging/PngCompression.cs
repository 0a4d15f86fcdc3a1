namespace DeepVision.Imaging;

/// <summary>How much time to spend on making a PNG file small. The pixels are the same for each.</summary>
public enum PngCompression
{
    /// <summary>The encoder's usual balance.</summary>
    Balanced,

    /// <summary>Several times faster, with larger files.</summary>
    Fast,
}
