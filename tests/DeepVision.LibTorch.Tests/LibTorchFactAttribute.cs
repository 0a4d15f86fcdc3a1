namespace DeepVision.LibTorch.Tests;

/// <summary>A fact that needs libtorch; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibTorchFactAttribute : FactAttribute
{
    public LibTorchFactAttribute() => Skip = NativeLibTorch.ReasonToSkip;

    /// <summary>What the TorchSharp package does instead; there the fact is skipped with this reason.</summary>
    public string PackageDiffers
    {
        get => Skip ?? "";
        set => Skip = NativeLibTorch.IsPackage ? "TorchSharp 0.107 differs: " + value : Skip;
    }
}
