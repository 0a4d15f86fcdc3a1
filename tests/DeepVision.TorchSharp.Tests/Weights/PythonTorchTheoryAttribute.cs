namespace DeepVision.Tests.Torch.Weights;

/// <summary>A theory that needs Python with PyTorch and torchvision; skipped, with the reason, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonTorchTheoryAttribute : TheoryAttribute
{
    public PythonTorchTheoryAttribute() => Skip = PythonTorch.ReasonToSkip;
}
