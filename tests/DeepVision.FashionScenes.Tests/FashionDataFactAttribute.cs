namespace DeepVision.FashionScenes.Tests;

/// <summary>A test that needs Fashion-MNIST; skipped with the reason where Debian's package is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FashionDataFactAttribute : FactAttribute
{
    public FashionDataFactAttribute()
    {
        if (!FashionArticles.AreInstalled())
        {
            Skip = $"Fashion-MNIST is not in {FashionArticles.DefaultFolder} (apt-get install dataset-fashion-mnist).";
        }
    }
}
