namespace DeepVision.Zoo;

/// <summary>The class names of ImageNet-1k (ILSVRC 2012).</summary>
public static class ImageNet
{
    private static readonly Lazy<IReadOnlyList<string>> Names = new(() => LabelResource.Read("imagenet-1k"));

    /// <summary>1000 names in index order.</summary>
    public static IReadOnlyList<string> Classes => Names.Value;
}
