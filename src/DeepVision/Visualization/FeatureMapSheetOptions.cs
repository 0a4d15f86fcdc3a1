namespace DeepVision.Visualization;

/// <summary>Which channels a <see cref="FeatureMapSheet"/> shows, and how large.</summary>
public sealed record FeatureMapSheetOptions
{
    /// <summary>Channels in a row; at least 1. Default null: about as many as rows.</summary>
    public int? Columns { get; init; }

    /// <summary>How many channels, from the first; at least 1. Default 64.</summary>
    public int MaxChannels { get; init; } = 64;

    /// <summary>Pixels a side for one pixel of the map; at least 1. Default 4.</summary>
    public int Scale { get; init; } = 4;

    /// <summary>Which image of the batch. Default 0.</summary>
    public int ImageIndex { get; init; }
}
