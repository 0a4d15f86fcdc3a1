using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

public sealed class DataTests
{
    [LibTorchFact]
    public void Bytes_OfAContiguousTensor_AreItsMemory()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2 });

        MemoryMarshal.Cast<byte, float>(x.bytes)[1] = 7;
        TensorAssert.Equal([1, 7], x);
        x.bytes = MemoryMarshal.AsBytes(new float[] { 3, 4 }.AsSpan());
        TensorAssert.Equal([3, 4], x);
    }

    [LibTorchFact]
    public void Bytes_NotContiguousOrOfAnotherLength_Fails()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 3);

        Assert.Throws<InvalidOperationException>(() => _ = x.t().bytes.Length);
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[23]);
    }

    [LibTorchFact]
    public void Data_OfAView_IsReadAndWrittenInRowMajorOrder()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(6).reshape(2, 3);
        var view = x.t().data<long>();

        Assert.Equal(6, view.Count);
        Assert.Equal([0, 3, 1, 4, 2, 5], view.ToArray());
        Assert.Equal([0, 3, 1, 4, 2, 5], view);
        Assert.Equal((3, 4), (view[1], view[1, 1]));
        view[2, 0] = 9;
        view.CopyFrom([7, 8], 0, 2);
        TensorAssert.Equal([0, 7, 9, 3, 8, 5], x);
        long[] part = new long[3];
        view.CopyTo(part, 1, 4);
        Assert.Equal([0, 9, 5], part);
    }

    [LibTorchFact]
    public void Data_OutOfRangeOrOfAnotherType_Fails()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2, 3);

        Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[6]);
        Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[0, 3]);
        Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Throws<ArgumentException>(() => x.item<float>());
    }

    [LibTorchFact]
    public void Numbers_OfOneElement_Convert()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2, tensor(2.5f).ToInt32());
        Assert.Equal(long.MaxValue, tensor(long.MaxValue).ToInt64());
        Assert.True(tensor(true).ToBoolean());
        Assert.Equal(1.5f, tensor(1.5f).half().ToSingle());
    }

    [LibTorchFact]
    public void Streams_RoundTrip_OfMoreThanABuffer()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(1000);
        Tensor y = zeros(1000, ScalarType.Int64);
        using var stream = new MemoryStream();

        x.WriteBytesToStream(stream, 96);
        stream.Position = 0;
        y.ReadBytesFromStream(stream, 96);

        Assert.True(x.Equals(y));
        Assert.Throws<EndOfStreamException>(() => y.ReadBytesFromStream(stream));
    }
}
