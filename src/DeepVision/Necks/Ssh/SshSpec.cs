using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// The context module of the single stage headless face detector (Najibi et al. 2017), one for each map: a 3x3, two 3x3 in a row and
/// three 3x3 in a row side by side, so that a pixel sees 3, 5 and 7 pixels around; joined, then a ReLU. The first has half of the
/// output's channels, the others a quarter each.
/// </summary>
public sealed record SshSpec
{
    /// <summary>Channels of every output; a multiple of 4. Default null: those of the input.</summary>
    public int? Channels { get; init; }

    /// <summary>What follows a convolution that another one follows. Default a leaky ReLU of slope 0.1, as in the published RetinaFace of 64 channels.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu(0.1f);

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;
}
