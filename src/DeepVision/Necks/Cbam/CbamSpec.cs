using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// The convolutional block attention module (CBAM, Woo et al. 2018) of every map: channels are weighed by two layers that the
/// global mean and the global maximum share, then pixels by <see cref="SpatialAttentionSpec"/>.
/// </summary>
public sealed record CbamSpec
{
    /// <summary>How many times narrower the layer between is; at least 1, and at least one channel remains. Default 16.</summary>
    public int Reduction { get; init; } = 16;

    /// <summary>What follows the first layer. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>How pixels are weighed.</summary>
    public SpatialAttentionSpec Spatial { get; init; } = new();
}
