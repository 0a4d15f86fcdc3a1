namespace DeepVision.Imaging;

/// <summary>
/// What to do with a file that is cut off or whose compressed data is broken but still yields pixels. Cut files are always found. Other
/// damage is found as far as the decoder reports it: everywhere in PNG and GIF data, mostly in WebP data; in JPEG data where
/// pixels are missing at the end, but not where some in the middle are wrong.
/// </summary>
public enum DamagedData
{
    /// <summary>Throw an <see cref="ImageFileException"/>.</summary>
    Refuse,

    /// <summary>
    /// Give the rows that are there; the others are black, and in JPEG data gray. Of interlaced and progressive pictures, what is missing of a
    /// finer pass is taken from the coarser ones. Where there is not one row, or what is there
    /// has but one color, that is still an error: it could not be told from nothing.
    /// </summary>
    Accept,
}
