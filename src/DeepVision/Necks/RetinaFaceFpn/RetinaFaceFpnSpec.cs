using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// RetinaFace's feature pyramid: 1x1 laterals, what comes down is enlarged, added and merged by a 3x3, and the merged map is both
/// given and passed down. Each convolution has a norm and an activation. Gives as many maps as it takes.
/// </summary>
public sealed record RetinaFaceFpnSpec
{
    /// <summary>Channels of every output. Default 64.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>The backbone's levels to take. Default null: those that the head asks for, else all.</summary>
    public LevelRange? Levels { get; init; }

    /// <summary>What follows each norm. Default a leaky ReLU of slope 0.1, as the published network has where the channels are at most 64.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu(0.1f);

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;
}
