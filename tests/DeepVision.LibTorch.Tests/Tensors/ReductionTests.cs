using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

public sealed class ReductionTests
{
    [LibTorchFact]
    public void Reductions_OfAllElements_GivePythonsValues()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([], [6.25f], x.sum());
        TensorAssert.Equal([], [6.25f / 6], x.mean());
        TensorAssert.Equal([], [5.510416507720947f], x.var());
        TensorAssert.Equal([], [5.83630895614624f], x.norm());
        TensorAssert.Equal([], [19.5f], x.prod());
        TensorAssert.Equal([], [0.5f], x.median());
        TensorAssert.Equal([], [4], x.max());
        TensorAssert.Equal([], [-2], x.min());
        Assert.Equal(4, x.argmax().item<long>());
        Assert.Equal(1, x.argmin().item<long>());
        Assert.True((x > 3.9).any().item<bool>());
        Assert.False((x > 3.9).all().item<bool>());
    }

    [LibTorchFact]
    public void AmaxAndAmin_Dimensions_GiveTheExtremesAndShareTheGradient()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, 5, 5, -2, 0, 3 }, [2, 3]).requires_grad_();

        TensorAssert.Equal([2], [5, 3], x.amax([1L]));
        TensorAssert.Equal([1, 3], [-2, 0, 3], x.amin([0L], keepdim: true));
        TensorAssert.Equal([], [5], x.amax([0L, 1L]));
        TensorAssert.Equal([], [-2], x.amin(0, 1));
        Tensor kept = zeros(3);
        x.detach().amax([0L], false, kept);
        TensorAssert.Equal([3], [1, 5, 5], kept);
        x.amax([0L, 1L]).backward();
        TensorAssert.Equal([2, 3], [0, 0.5f, 0.5f, 0, 0, 0], x.grad!);
    }

    [LibTorchFact]
    public void Reductions_AlongDimensions_GivePythonsValues()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([2], [2.75f, 3.5f], x.sum(1));
        TensorAssert.Equal([1, 3], [2, 2, 2.25f], x.sum(0, keepdim: true));
        TensorAssert.Equal([], [6.25f], x.sum([0L, 1L]));
        TensorAssert.Equal([2, 1], [2.75f / 3, 3.5f / 3], x.mean([1L], keepdim: true));
        TensorAssert.Equal([2], [2.6731691360473633f, 2.565800666809082f], x.std(1));
        TensorAssert.Equal([2], [6.75f, 5.5f], x.norm(1, p: 1));
        TensorAssert.Equal([2], [3.414684772491455f, 4.036269664764404f], x.logsumexp(1));
        TensorAssert.Equal([2, 3], [1.5f, -0.5f, 2.75f, 0.5f, 4.5f, 3.5f], x.cumsum(1));
        TensorAssert.Equal([2, 1], x.argmax(1));
        TensorAssert.Equal([true, true], (x > 3).any(1));
        Assert.Equal(ScalarType.Float64, x.sum(ScalarType.Float64).dtype);
    }

    [LibTorchFact]
    public void Extremes_AlongADimension_ComeWithTheirIndices()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        (Tensor largest, Tensor at) = x.max(1);
        TensorAssert.Equal([2], [3.25f, 4], largest);
        TensorAssert.Equal([2, 1], at);
        TensorAssert.Equal([1, 3], [0.5f, -2, -1], x.min(0, keepdim: true).values);
    }

    [LibTorchFact]
    public void Orders_AlongADimension_ComeWithTheirIndices()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        (Tensor top, Tensor indexes) = x.topk(2, 1);
        TensorAssert.Equal([2, 2], [3.25f, 1.5f, 4, 0.5f], top);
        TensorAssert.Equal([2, 0, 1, 0], indexes);
        var sorted = x.sort(1, descending: true);
        TensorAssert.Equal([2, 3], [3.25f, 1.5f, -2, 4, 0.5f, -1], sorted.Values);
        TensorAssert.Equal([2, 0, 1, 1, 0, 2], sorted.Indices);
        TensorAssert.Equal([1, 0, 2, 2, 0, 1], x.argsort(1));
    }
}
