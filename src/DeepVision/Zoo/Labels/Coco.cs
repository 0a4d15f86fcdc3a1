namespace DeepVision.Zoo;

/// <summary>The class names of COCO.</summary>
public static class Coco
{
    private static readonly Lazy<IReadOnlyList<string>> Names = new(() => LabelResource.Read("coco-91"));

    private static readonly Lazy<IReadOnlyList<string>> UsedNames = new(() => LabelResource.Read("coco-80"));

    /// <summary>The 80 classes that COCO uses, in its order: as YOLOX, FastestDet and most other detectors number them.</summary>
    public static IReadOnlyList<string> Classes80 => UsedNames.Value;

    /// <summary>
    /// As torchvision's detectors number them: 91 names in index order: index 0 is <c>__background__</c>, and the ten numbers that COCO never used are <c>N/A</c>.
    /// </summary>
    public static IReadOnlyList<string> Classes => Names.Value;
}
