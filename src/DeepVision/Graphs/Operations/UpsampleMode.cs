namespace DeepVision.Graphs.Operations;

/// <summary>How a map is resized.</summary>
public enum UpsampleMode
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>The mean of the four nearest pixels, weighted by distance.</summary>
    Bilinear,
}
