using TorchSharp;

namespace DeepVision.LibTorch.Tests;

/// <summary>Computes on one thread, as the fixtures were, so that sums are taken in one order.</summary>
internal sealed class OneThread : IDisposable
{
    private readonly int _before = torch.get_num_threads();

    public OneThread() => torch.set_num_threads(1);

    public void Dispose() => torch.set_num_threads(_before);
}
