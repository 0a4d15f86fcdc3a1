namespace DeepVision.Tests.Torch;

/// <summary>A theory that needs libtorch; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = TorchLibrary.ReasonToSkip;
}
