namespace DeepVision.Preprocessing;

/// <summary>The range of pixel values before mean and standard deviation are applied.</summary>
public enum PixelScale
{
    /// <summary>0 to 1: the byte divided by 255 in float32.</summary>
    UnitInterval,

    /// <summary>0 to 255: the byte as it is.</summary>
    Bytes,
}
