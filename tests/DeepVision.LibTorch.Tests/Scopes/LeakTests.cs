using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Scopes;

public sealed class LeakTests
{
    [LibTorchFact]
    public void Scopes_WithManyOperations_GiveEverythingBack() => AssertNothingLeaks(() =>
    {
        using var scope = NewDisposeScope();
        Tensor x = rand([4L, 5L], requires_grad: true);
        (x.softmax(1).max(1).values.sum() + x[0, ..3].mean()).backward();
        _ = x.grad;
        _ = x.split(2);
        _ = autograd.grad([(x * 2).sum()], [x]);
        _ = cat([x, x]).to(ScalarType.Float64);
        _ = x.detach().add_(1).data<float>().ToArray();
    });

    [LibTorchFact]
    public void Scopes_LeftByAnException_GiveEverythingBack() => AssertNothingLeaks(() =>
    {
        Assert.Throws<ExternalException>(() =>
        {
            using var scope = NewDisposeScope();
            Tensor x = rand(4, 5);
            Tensor y = x.t() * 2;
            _ = x.view(3).add(y);
        });
    });

    [LibTorchFact]
    public void Scopes_OnSeveralThreads_GiveEverythingBack() => AssertNothingLeaks(() =>
    {
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                using var scope = NewDisposeScope();
                using var mode = inference_mode();
                Tensor x = rand(8, 8);
                (x.matmul(x) + 1).topk(3, 1).values.sum().item<float>();
                if (i % 10 == 0)
                {
                    Assert.Throws<ExternalException>(() => x.view(3));
                }
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    });

    [LibTorchFact]
    public void Tensors_NobodyDisposed_GoWithTheGarbageCollector() => AssertNothingLeaks(() =>
    {
        for (int i = 0; i < 100; i++)
        {
            Forget();
        }
    });

    // Not in line, so that nothing of it stays in a register.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget() => _ = ones(3).add(ones(3)).relu_();

    private static void AssertNothingLeaks(Action action)
    {
        long before = LiveTensors.Now;
        action();
        Assert.Equal(before, LiveTensors.Now);
    }
}
