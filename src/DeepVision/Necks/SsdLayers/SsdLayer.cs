namespace DeepVision.Necks;

/// <summary>One of SSD's extra layers: a 1x1 convolution to fewer channels, then a 3x3 one that makes the map smaller.</summary>
/// <param name="Channels">Channels of the map that it gives.</param>
/// <param name="HiddenChannels">Channels between the convolutions.</param>
public sealed record SsdLayer(int Channels, int HiddenChannels)
{
    /// <summary>
    /// Whether the 3x3 convolution has neither stride nor padding, as the last ones of SSD300: the map's sides lose 2 pixels, and the
    /// input has to be large enough. Default false: a stride of 2 with padding.
    /// </summary>
    public bool IsUnpadded { get; init; }
}
