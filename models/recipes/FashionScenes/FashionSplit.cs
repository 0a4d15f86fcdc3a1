namespace DeepVision.FashionScenes;

/// <summary>Which articles of Fashion-MNIST are meant. No article belongs to two splits.</summary>
public enum FashionSplit
{
    /// <summary>55,000 of the 60,000 training articles: those whose index is not a multiple of 12.</summary>
    Training,

    /// <summary>5,000 of the 60,000 training articles: those whose index is a multiple of 12.</summary>
    Validation,

    /// <summary>The 10,000 test articles.</summary>
    Test,
}
