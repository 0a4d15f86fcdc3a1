namespace DeepVision.Imaging;

/// <summary>
/// What to do with a file that is cut off or whose compressed data is broken but still yields pixels. Cut files are always found. Other
/// damage is found as far as the decoder reports it: ImageSharp is silent about much of it in JPEG data, libjpeg-turbo is not.
/// </summary>
public enum DamagedData
{
    /// <summary>Throw an <see cref="ImageFileException"/>.</summary>
    Refuse,

    /// <summary>Give what the decoder could rescue; the rest is grey or black. Where it rescues nothing, that is still an error.</summary>
    Accept,
}
