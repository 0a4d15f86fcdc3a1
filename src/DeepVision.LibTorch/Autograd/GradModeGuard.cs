using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Sets whether this thread tracks operations, until it is disposed on the same thread.</summary>
internal sealed class GradModeGuard : IDisposable
{
    private readonly bool _before = Native.dv_grad_mode() != 0;

    public GradModeGuard(bool enabled) => Native.dv_set_grad_mode(torch.Tensor.Byte(enabled));

    public void Dispose() => Native.dv_set_grad_mode(torch.Tensor.Byte(_before));
}
