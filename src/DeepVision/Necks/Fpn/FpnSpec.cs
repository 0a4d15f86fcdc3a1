using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Necks;

/// <summary>
/// A feature pyramid network (Lin et al. 2017): 1x1 laterals, a nearest-neighbor top-down path, 3x3 outputs; all
/// without activation and, unless they are normalized, with bias, as torchvision's.
/// </summary>
public sealed record FpnSpec
{
    /// <summary>Channels of every output. Default 256.</summary>
    public int Channels { get; init; } = 256;

    /// <summary>The normalization behind laterals and outputs. Default none; torchvision's Faster R-CNN v2 has batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>
    /// The backbone's levels to take. Default null: those that the head asks for, as far as the backbone has them, else all.
    /// </summary>
    public LevelRange? Levels { get; init; }

    /// <summary>
    /// The backbone's maps to take by their names, from fine to coarse, instead of <see cref="Levels"/>. Two maps may have one stride:
    /// what comes down is then added as it is. Outputs bear the names with P: <c>C5</c> and <c>final</c> give P5 and <c>Pfinal</c>,
    /// which torchvision's Faster R-CNN over a MobileNetV3 has. Default null: by level.
    /// </summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>
    /// What to add above the coarsest. Default null: what the head asks for beyond the backbone (one level by
    /// <see cref="FpnExtraLevels.MaxPool"/>, two by <see cref="FpnExtraLevels.P6P7FromPyramid"/>), else nothing.
    /// </summary>
    public FpnExtraLevels? ExtraLevels { get; init; }

    /// <summary>How what comes down is fused with a lateral. Default the sum, as in the paper.</summary>
    public FeatureFusion Fusion { get; init; } = FeatureFusion.Add;
}
