using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Autograd;

public sealed class GradModeTests
{
    [LibTorchFact]
    public void NoGrad_UntilDisposed_TracksNothing()
    {
        using var scope = NewDisposeScope();
        Tensor x = ones([2L], requires_grad: true);

        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
            using (set_grad_enabled(true))
            {
                Assert.True(is_grad_enabled());
            }
        }

        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [LibTorchFact]
    public void InferenceMode_UntilDisposed_MakesTensorsThatCannotBeTracked()
    {
        using var scope = NewDisposeScope();
        Tensor x = ones([2L], requires_grad: true);
        Tensor made;
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            made = x * 2;
        }

        Assert.False(is_inference_mode_enabled());
        Assert.True(is_grad_enabled());
        var problem = Assert.Throws<ExternalException>(() => x * made);
        Assert.Contains("Inference tensors cannot be saved for backward", problem.Message, StringComparison.Ordinal);
    }

    [LibTorchFact]
    public void NoGrad_OnOneThread_LeavesTheOthers()
    {
        using (no_grad())
        {
            bool elsewhere = false;
            var thread = new Thread(() => elsewhere = is_grad_enabled());
            thread.Start();
            thread.Join();

            Assert.True(elsewhere);
        }
    }
}
