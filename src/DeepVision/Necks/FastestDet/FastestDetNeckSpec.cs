using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// FastestDet's neck: of the three coarsest maps the finest is pooled and the coarsest enlarged to the middle one's size, all three
/// are joined and narrowed, and one, two and three depthwise 5x5 convolutions side by side stand in for pooling windows, with a
/// shortcut. Gives one map, on the middle level.
/// </summary>
public sealed record FastestDetNeckSpec
{
    /// <summary>Channels of the output. Default null: those of the middle map.</summary>
    public int? Channels { get; init; }

    /// <summary>What follows the norms. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;
}
