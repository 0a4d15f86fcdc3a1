using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

public sealed class ConversionTests
{
    [LibTorchTheory]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void To_AnotherTypeAndBack_KeepsSmallIntegers(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 0, 1, 2, 100 });
        Tensor there = x.to(type);

        Assert.Equal(type, there.dtype);
        TensorAssert.Equal([0, 1, 2, 100], there.to(ScalarType.Float32));
    }

    [LibTorchFact]
    public void Half_Elements_AreDotNetsHalf()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1f / 3, 65504, 1e-7f }).half();

        Assert.Equal([(Half)(1f / 3), (Half)65504, (Half)1e-7f], x.data<Half>().ToArray());
    }

    [LibTorchFact]
    public void BFloat16_Elements_RoundAsLibtorchDoes()
    {
        using var scope = NewDisposeScope();
        float[] values = [1f / 3, 1.00390625f, 1.01171875f, -2.7182817f, 3.4e38f, float.NaN, float.NegativeInfinity];
        Tensor x = tensor(values).bfloat16();

        Assert.Equal(values.Select(value => new BFloat16(value)), x.data<BFloat16>().ToArray());
        Assert.Equal(values.Select(value => new BFloat16(value).ToSingle()), x.@float().data<float>().ToArray());
    }

    [LibTorchFact]
    public void To_TheSameType_IsTheSameMemoryUnlessACopyIsAskedFor()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2);
        Tensor same = x.to(ScalarType.Float32);
        Tensor copy = x.to(ScalarType.Float32, copy: true);

        x.fill_(1);
        TensorAssert.Equal([1, 1], same);
        TensorAssert.Equal([0, 0], copy);
    }

    [LibTorchFact]
    public void To_DisposeAfter_DisposesTheSource()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2);
        Tensor y = x.to(ScalarType.Float64, disposeAfter: true);

        Assert.True(x.IsInvalid);
        Assert.Equal(ScalarType.Float64, y.dtype);
    }

    [LibTorchFact]
    public void Alias_IsAnotherHandleOnTheSameTensor()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(2);
        Tensor other = x.alias();
        x.Dispose();

        TensorAssert.Equal([0, 0], other);
    }
}
