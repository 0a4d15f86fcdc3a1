namespace DeepVision.Preprocessing;

/// <summary>The kinds of <see cref="ResizeRule"/>.</summary>
public enum ResizeKind
{
    /// <summary>The image keeps its size.</summary>
    None,

    /// <summary>The shortest side gets a given length; the other keeps the aspect ratio.</summary>
    ShortestSide,

    /// <summary>Both sides get given lengths; the aspect ratio is lost.</summary>
    Exact,

    /// <summary>The shortest side gets a given length unless the longest would then exceed its bound.</summary>
    SideBounds,

    /// <summary>The image is fitted into a canvas of a given size, keeping its aspect ratio; the rest is filled.</summary>
    Letterbox,
}
