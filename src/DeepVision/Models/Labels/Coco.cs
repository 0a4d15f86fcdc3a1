namespace DeepVision.Models;

/// <summary>The class names of COCO as torchvision's detectors number them.</summary>
public static class Coco
{
    private static readonly Lazy<IReadOnlyList<string>> Names = new(() => LabelResource.Read("coco-91"));

    /// <summary>
    /// 91 names in index order: index 0 is <c>__background__</c>, and the ten numbers that COCO never used are <c>N/A</c>.
    /// </summary>
    public static IReadOnlyList<string> Classes => Names.Value;
}
