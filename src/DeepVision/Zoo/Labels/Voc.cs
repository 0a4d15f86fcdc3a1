namespace DeepVision.Zoo;

/// <summary>The class names of Pascal VOC's segmentation as torchvision's models number them.</summary>
public static class Voc
{
    private static readonly Lazy<IReadOnlyList<string>> Names = new(() => LabelResource.Read("voc-21"));

    /// <summary>21 names in index order; index 0 is <c>__background__</c>.</summary>
    public static IReadOnlyList<string> Classes => Names.Value;
}
