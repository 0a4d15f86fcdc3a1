using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// Squeeze and excitation (Hu et al. 2018) of every map: its channels are weighed by what the whole image holds, through two
/// fully connected layers over the global mean.
/// </summary>
public sealed record SqueezeExcitationSpec
{
    /// <summary>How many times narrower the layer between is; at least 1, and at least one channel remains. Default 16.</summary>
    public int Reduction { get; init; } = 16;

    /// <summary>What follows the first layer. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>What makes weights of the second layer's sums. Default the sigmoid.</summary>
    public Activation Gate { get; init; } = Activation.Sigmoid;
}
