using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// Sets the inference mode of this thread, until it is disposed on the same thread. There is no finaliser: on another thread
/// the native guard would set that thread's mode.
/// </summary>
internal sealed unsafe class InferenceModeGuard : IDisposable
{
    private void* _guard;

    public InferenceModeGuard(bool enabled)
    {
        void* guard;
        Native.Check(Native.dv_inference_guard(torch.Tensor.Byte(enabled), &guard));
        _guard = guard;
    }

    public void Dispose()
    {
        void* guard = _guard;
        _guard = null;
        if (guard != null)
        {
            Native.dv_inference_guard_delete(guard);
        }
    }
}
