namespace DeepVision.Imaging;

/// <summary>The resolution at which a JPEG file stores color.</summary>
public enum ChromaSubsampling
{
    /// <summary>4:2:0: half the resolution in each direction. Usual for photographs.</summary>
    Half,

    /// <summary>4:4:4: full resolution. For drawings and text.</summary>
    Full,
}
