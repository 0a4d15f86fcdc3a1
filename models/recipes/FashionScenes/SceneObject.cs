namespace DeepVision.FashionScenes;

/// <summary>
/// The truth about one article in a scene. The box goes around its visible pixels, in pixels from the top left corner;
/// <see cref="Right"/> and <see cref="Bottom"/> are the edges after the last visible column and row.
/// </summary>
public sealed record SceneObject
{
    /// <summary>The class, 0 to 9, as in <see cref="FashionArticles.Classes"/>.</summary>
    public required int Label { get; init; }

    /// <summary>The first visible column.</summary>
    public required int Left { get; init; }

    /// <summary>The first visible row.</summary>
    public required int Top { get; init; }

    /// <summary>One past the last visible column.</summary>
    public required int Right { get; init; }

    /// <summary>One past the last visible row.</summary>
    public required int Bottom { get; init; }

    /// <summary>Pixels that no later article covers, at least 1.</summary>
    public required int VisiblePixels { get; init; }

    /// <summary>Pixels that the article would show were it alone.</summary>
    public required int TotalPixels { get; init; }

    /// <summary>The visible part of the article, in (0, 1].</summary>
    public double VisibleFraction => (double)VisiblePixels / TotalPixels;

    /// <summary>Whether under 30 % is visible: such an article is neither expected nor wrong to find.</summary>
    public bool Ignored => 10L * VisiblePixels < 3L * TotalPixels;
}
