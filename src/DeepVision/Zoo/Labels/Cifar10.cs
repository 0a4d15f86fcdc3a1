namespace DeepVision.Zoo;

/// <summary>The class names of CIFAR-10.</summary>
public static class Cifar10
{
    /// <summary>Ten names in index order.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
}
