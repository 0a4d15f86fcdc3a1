using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Interop;

public sealed class ErrorTests
{
    [LibTorchFact]
    public void Operation_ThatLibtorchRefuses_CarriesItsText()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 3);

        var view = Assert.Throws<ExternalException>(() => x.view(7));
        Assert.Equal("shape '[7]' is invalid for input of size 6", view.Message);
        var product = Assert.Throws<ExternalException>(() => x.matmul(x));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", product.Message, StringComparison.Ordinal);
        var index = Assert.Throws<ExternalException>(() => x[0, 3]);
        Assert.Contains("index 3 is out of bounds for dimension 1 with size 3", index.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => x.max(5));
        Assert.Throws<ExternalException>(() => x.split([1L, 2L], 0));
        Assert.Throws<ExternalException>(() => x.add_(zeros(4)));
        Assert.Throws<ExternalException>(() => zeros(-1));
    }

    [LibTorchFact]
    public void Operation_OnADisposedTensor_SaysSo()
    {
        Tensor x = ones(2);
        using Tensor y = ones(2);
        x.Dispose();
        x.Dispose();

        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x.add(1));
        Assert.Throws<InvalidOperationException>(() => y.add(x));
        Assert.Throws<InvalidOperationException>(() => x.shape);
    }

    [LibTorchFact]
    public void Errors_OnManyThreads_AreEachThreadsOwn()
    {
        string?[] messages = new string?[16];
        Parallel.For(0, messages.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using Tensor x = zeros(i + 1);
            for (int round = 0; round < 200; round++)
            {
                messages[i] = Assert.Throws<ExternalException>(() => x.view(1000)).Message;
                Assert.Equal($"shape '[1000]' is invalid for input of size {i + 1}", messages[i]);
            }
        });
    }

    [LibTorchFact]
    public void Tensor_FromAnArrayTooShort_SaysWhatItNeeds()
    {
        var problem = Assert.Throws<ArgumentException>(() => tensor(new float[5], [2L, 3L]));
        Assert.Contains("needs 6 elements, and the array has 5", problem.Message, StringComparison.Ordinal);
    }

    [LibTorchFact]
    public void NamedDimensions_AreRefused() =>
        Assert.Throws<NotSupportedException>(() => zeros(2, names: ["N"]));

    [LibTorchFact]
    public void Generator_Disposed_SaysSo()
    {
        var generator = new Generator();
        generator.Dispose();
        generator.Dispose();

        Assert.Throws<ObjectDisposedException>(() => generator.get_state());
    }
}
