using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

public sealed class ShapeTests
{
    [LibTorchFact]
    public void Properties_OfAView_DescribeIt()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(24).reshape(2, 3, 4);
        Tensor view = x.permute(2, 0, 1).narrow(0, 1, 2);

        Assert.Equal([2, 2, 3], view.shape);
        Assert.Equal([1, 12, 4], view.stride());
        Assert.Equal(4, view.stride(-1));
        Assert.Equal(1, view.storage_offset());
        Assert.False(view.is_contiguous());
        Assert.True(view.contiguous().is_contiguous());
        Assert.Equal((3L, 12L, 8L, 3L), (view.ndim, view.numel(), view.ElementSize, view.size(-1)));
        TensorAssert.Equal([1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22], view.contiguous());
    }

    [LibTorchFact]
    public void Views_OfAnotherShape_ShareTheMemory()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 6);

        x.view(3, -1)[1].fill_(5);
        x.reshape(12)[0] = tensor(1f);
        TensorAssert.Equal([1, 0, 0, 0, 5, 5, 5, 5, 0, 0, 0, 0], x);
        Assert.Equal([2, 3, 2], x.unflatten(1, 3, 2).shape);
        Assert.Equal([12], x.flatten().shape);
        Assert.Equal([6, 2], x.transpose(0, 1).shape);
        Assert.Equal([2, 1, 6], x.unsqueeze(1).shape);
        Assert.Equal([2, 6], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2, 6], x.unsqueeze(0).unsqueeze(0).squeeze().shape);
        Assert.Equal([4, 2, 6], x.expand(4, -1, -1).shape);
        Assert.Equal([2, 3], x.slice(1, 0, 6, 2).shape);
        Assert.Equal([2], x.select(1, 3).shape);
    }

    [LibTorchFact]
    public void Copies_Rearranged_HoldTheRightElements()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(4);

        TensorAssert.Equal([3, 2, 1, 0], x.flip(0));
        TensorAssert.Equal([3, 0, 1, 2], x.roll([1L], [0L]));
        TensorAssert.Equal([0, 1, 2, 3, 0, 1, 2, 3], x.repeat(2));
        TensorAssert.Equal([0, 0, 1, 1, 2, 2, 3, 3], x.repeat_interleave(2));
        TensorAssert.Equal([0, 0, 2, 3], x.reshape(2, 2).tril());
        TensorAssert.Equal([0, 1, 0, 3], x.reshape(2, 2).triu());
        TensorAssert.Equal([0, 2, 1, 3], x.reshape(2, 2).movedim([0L], [1L]).contiguous());
    }

    [LibTorchFact]
    public void Parts_OfADimension_AreViews()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(10).reshape(5, 2);

        Assert.Equal([2L, 2L, 1L], x.chunk(3).Select(part => part.shape[0]));
        Assert.Equal([3L, 2L], x.split(3).Select(part => part.shape[0]));
        Assert.Equal([1L, 4L], x.split([1L, 4L], 0).Select(part => part.shape[0]));
        Assert.Equal(5, x.unbind().Length);
        TensorAssert.Equal([8, 9], x.unbind()[4]);
    }

    [LibTorchFact]
    public void Joining_AlongADimension_KeepsTheOrder()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new long[] { 1, 2 });
        Tensor b = tensor(new long[] { 3, 4 });

        TensorAssert.Equal([1, 2, 3, 4], cat([a, b]));
        TensorAssert.Equal([1, 3, 2, 4], stack([a, b], 1));
        TensorAssert.Equal([1, 1, 2, 2], meshgrid([a, b])[0]);
        TensorAssert.Equal([1, 2, 1, 2], meshgrid([a, b], "xy")[0].contiguous());
    }
}
