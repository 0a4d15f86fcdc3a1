namespace DeepVision.Preprocessing;

/// <summary>Which color stands in which of the three planes that a model reads.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue: torchvision.</summary>
    Rgb,

    /// <summary>Blue, green, red: models trained on OpenCV's images.</summary>
    Bgr,

    /// <summary>
    /// Luminance (ITU-R 601, 16-bit fixed point as Pillow's <c>convert("L")</c>), taken before resizing, in all three planes.
    /// </summary>
    GrayReplicated,
}
