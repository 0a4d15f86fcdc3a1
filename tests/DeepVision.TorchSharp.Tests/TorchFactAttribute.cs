namespace DeepVision.Tests.Torch;

/// <summary>A fact that needs libtorch; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = TorchLibrary.ReasonToSkip;
}
