using DeepVision.Graphs;

namespace DeepVision.Heads;

/// <summary>
/// Lite R-ASPP (Howard et al. 2019): a coarse map, scaled by what its own mean says of each channel, and a finer one are classified
/// and added. Gives <c>out</c> (N, K, H, W), logits resized bilinearly to the image.
/// </summary>
public sealed record LrasppHeadSpec
{
    /// <summary>How many classes, the background included; at least 1. torchvision's model counts VOC's 21.</summary>
    public required int Classes { get; init; }

    /// <summary>The coarse map to read, like C5. Default null: the coarsest.</summary>
    public string? HighFeature { get; init; }

    /// <summary>The fine map to read, like C3. Default null: the coarsest of those finer than the coarse one.</summary>
    public string? LowFeature { get; init; }

    /// <summary>Channels that the coarse map is reduced to; at least 1, default 128.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>The normalization behind that reduction. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;
}
