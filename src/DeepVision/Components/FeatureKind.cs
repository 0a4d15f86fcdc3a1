namespace DeepVision.Components;

/// <summary>What a feature looks like.</summary>
public enum FeatureKind
{
    /// <summary>(N, C, H, W).</summary>
    Map,

    /// <summary>(N, C): a fixed-length vector for each image.</summary>
    Vector,
}
