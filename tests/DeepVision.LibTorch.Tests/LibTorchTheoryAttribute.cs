namespace DeepVision.LibTorch.Tests;

/// <summary>A theory that needs libtorch; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibTorchTheoryAttribute : TheoryAttribute
{
    public LibTorchTheoryAttribute() => Skip = NativeLibTorch.ReasonToSkip;
}
