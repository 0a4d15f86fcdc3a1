namespace DeepVision.Imaging;

/// <summary>What to do with the orientation that a camera wrote into a file's EXIF data.</summary>
public enum ExifOrientation
{
    /// <summary>Turn and mirror the picture so that it stands as it was taken.</summary>
    Apply,

    /// <summary>Give the pixels as stored, as torchvision's and Pillow's plain loaders do.</summary>
    Ignore,
}
