namespace DeepVision.Components;

/// <summary>Where the official models keep their parts in parameter names. A head states the layout of the models it ends.</summary>
public sealed record WeightLayout
{
    /// <summary>Everything at the root, as in a classifier: <c>conv1</c>, <c>features.0</c>, <c>fc</c>; a neck under its own name.</summary>
    public static WeightLayout Classifier { get; } = new() { KeepsFeaturesPath = true };

    /// <summary><c>backbone.body</c>, <c>backbone.fpn</c> (the neck's name) and <c>head</c>, as in torchvision's one-stage detectors.</summary>
    public static WeightLayout Detector { get; } = new() { BackbonePath = "backbone.body", NeckPath = "backbone", HeadPath = "head" };

    /// <summary>
    /// <c>backbone.body</c> and <c>backbone.fpn</c>, and the head's own names at the root (<c>rpn</c>, <c>roi_heads</c>), as in
    /// torchvision's two-stage detectors.
    /// </summary>
    public static WeightLayout TwoStageDetector { get; } = new() { BackbonePath = "backbone.body", NeckPath = "backbone" };

    /// <summary><c>backbone</c>, and the head's own names at the root (<c>classifier</c>), as in torchvision's segmentation models.</summary>
    public static WeightLayout Segmenter { get; } = new() { BackbonePath = "backbone" };

    /// <summary>The backbone's path. Default empty: the root.</summary>
    public string BackbonePath { get; init; } = "";

    /// <summary>The path before the names of the necks. Default empty: the root.</summary>
    public string NeckPath { get; init; } = "";

    /// <summary>The head's path. Default empty: the root.</summary>
    public string HeadPath { get; init; } = "";

    /// <summary>
    /// Whether a backbone keeps the path that its official classifier has before the feature layers, like <c>features</c>.
    /// Default false: they stand at <see cref="BackbonePath"/> itself.
    /// </summary>
    public bool KeepsFeaturesPath { get; init; }

    /// <summary>Two parts of a path, with a dot between them where neither is empty.</summary>
    internal static string Join(string path, string name) =>
        path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
}
