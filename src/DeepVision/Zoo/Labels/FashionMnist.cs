namespace DeepVision.Zoo;

/// <summary>The class names of Fashion-MNIST.</summary>
public static class FashionMnist
{
    /// <summary>Ten names in index order.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
}
