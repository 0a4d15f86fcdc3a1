namespace DeepVision.Tensors;

/// <summary>The image that results belong to, for <see cref="ResultsJson"/>.</summary>
public sealed record ResultSource
{
    /// <summary>The image's name: a file name or whatever the caller knows it by.</summary>
    public required string Image { get; init; }

    /// <summary>Width of the source image in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the source image in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Times of the stages, in the order they are to be listed; default none, which leaves them out.</summary>
    public IReadOnlyList<StageTiming> Timings { get; init; } = [];
}
