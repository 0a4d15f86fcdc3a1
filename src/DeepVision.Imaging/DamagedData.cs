namespace DeepVision.Imaging;

/// <summary>What to do with a file that is cut off or whose compressed data is broken but still yields pixels.</summary>
public enum DamagedData
{
    /// <summary>Throw an <see cref="ImageFileException"/>.</summary>
    Refuse,

    /// <summary>Give what could be decoded; the rest is grey or black, as the decoder leaves it.</summary>
    Accept,
}
