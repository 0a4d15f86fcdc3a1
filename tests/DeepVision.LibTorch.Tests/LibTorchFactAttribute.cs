namespace DeepVision.LibTorch.Tests;

/// <summary>A fact that needs libtorch; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibTorchFactAttribute : FactAttribute
{
    public LibTorchFactAttribute() => Skip = NativeLibTorch.ReasonToSkip;
}
