using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

public sealed class IndexingTests
{
    [LibTorchFact]
    public void Indexer_NumbersAndRanges_GiveViews()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(24).reshape(2, 3, 4);

        Assert.Equal(23, x[1, 2, 3].item<long>());
        Assert.Equal(13, x[-1, 0, 1].item<long>());
        TensorAssert.Equal([4, 5, 6, 7], x[0, 1]);
        Assert.Equal([1, 3, 2], x[1.., TensorIndex.Colon, 1..3].shape);
        TensorAssert.Equal([13, 14, 17, 18, 21, 22], x[1.., .., 1..3].contiguous());
        TensorAssert.Equal([3, 7, 11, 15, 19, 23], x[TensorIndex.Ellipsis, ^1].contiguous());
        TensorAssert.Equal([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22], x[TensorIndex.Ellipsis, TensorIndex.Slice(step: 2)].contiguous());
        Assert.Equal([2, 1, 3, 4], x[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([2, 3, 2], x[.., .., ..^2].shape);
    }

    [LibTorchFact]
    public void Indexer_TensorsAndMasks_GiveCopies()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(6).reshape(2, 3);

        TensorAssert.Equal([0, 2, 3, 5], x[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 0, 2 }))]);
        TensorAssert.Equal([4, 5], x[x > 3]);
        TensorAssert.Equal([0, 5], x[tensor(new long[] { 0, 1 }), tensor(new long[] { 0, 2 })]);
    }

    [LibTorchFact]
    public void Indexer_Set_WritesIntoTheTensor()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 3);

        x[0] = tensor(new float[] { 1, 2, 3 });
        x[1, 1] = tensor(9f);
        x[.., 2..] = tensor(7f);
        TensorAssert.Equal([1, 2, 7, 0, 9, 7], x);
        x[x > 6] = tensor(0f);
        TensorAssert.Equal([1, 2, 0, 0, 0, 0], x);
        x.index_put_(5, TensorIndex.Colon, 0);
        TensorAssert.Equal([5, 2, 0, 5, 0, 0], x);
    }

    [LibTorchFact]
    public void IndexPut_Accumulating_AddsForEachHit()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(3);

        x.index_put_(tensor(new float[] { 1, 2, 4 }), [tensor(new long[] { 0, 2, 2 })], accumulate: true);
        TensorAssert.Equal([1, 0, 6], x);
    }

    [LibTorchFact]
    public void Selection_ByIndicesAndMasks_PicksElements()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();
        Tensor columns = tensor(new long[] { 2, 0 });

        TensorAssert.Equal([2, 2], [3.25f, 1.5f, -1, 0.5f], x.index_select(1, columns));
        TensorAssert.Equal([2, 1], [-2, -1], x.gather(1, tensor(new long[,] { { 1 }, { 2 } })));
        TensorAssert.Equal([2], [3.25f, 4], x.masked_select(x > 2));
        TensorAssert.Equal([0, 1, 1, 2], (x < 0).nonzero());
        TensorAssert.Equal([2], [4, 1.5f], x.take(tensor(new long[] { 4, 0 })));
        TensorAssert.Equal([2, 3], [1.5f, 0, 3.25f, 0.5f, 4, 0], where(x > 0, x, zeros_like(x)));
    }

    [LibTorchFact]
    public void Scatter_InPlace_WritesAtIndices()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 3);
        Tensor index = tensor(new long[,] { { 2 }, { 0 } });

        TensorAssert.Equal([0, 0, 1, 1, 0, 0], x.scatter_(1, index, ones(2, 1)));
        TensorAssert.Equal([0, 0, 3, 3, 0, 0], x.scatter_add_(1, index, full([2L, 1L], 2f)));
        TensorAssert.Equal([8, 0, 3, 8, 0, 0], x.index_fill_(1, tensor(new long[] { 0 }), 8));
    }
}
