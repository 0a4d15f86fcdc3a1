using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Functions;

public sealed class FactoryTests
{
    [LibTorchFact]
    public void Filled_TensorsOfAShape_HaveTypeAndElements()
    {
        using var scope = NewDisposeScope();

        TensorAssert.Equal([2, 1], [0, 0], zeros(2, 1));
        TensorAssert.Equal([1, 1, 2], [1, 1], ones(1, 1, 2));
        TensorAssert.Equal([2], [0.5f, 0.5f], full(2, 0.5));
        Assert.Equal([1, 2, 3, 4], empty(1, 2, 3, 4).shape);
        Assert.Equal([0, 3], empty([0L, 3L]).shape);
        Assert.Equal(ScalarType.Int64, full(2, 3).dtype);
        Assert.Equal(ScalarType.Float16, zeros([2L], ScalarType.Float16).dtype);
        Assert.True(zeros([2L], requires_grad: true).requires_grad);
    }

    [LibTorchFact]
    public void Sequences_FollowPython()
    {
        using var scope = NewDisposeScope();

        TensorAssert.Equal([0, 1, 2], arange(3));
        TensorAssert.Equal([2, 4], arange(2, 6, 2));
        TensorAssert.Equal([3], [0.5f, 1, 1.5f], arange(0.5, 2, 0.5));
        Assert.Equal(ScalarType.Float32, arange(2.0).dtype);
        TensorAssert.Equal([3], [1, 1.5f, 2], linspace(1, 2, 3));
        TensorAssert.Equal([2, 3], [1, 0, 0, 0, 1, 0], eye(2, 3));
    }

    [LibTorchFact]
    public void Tensor_FromArrays_CopiesThem()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3, 4, 5, 6];
        Tensor x = tensor(values, [2L, 3L]);
        values[0] = 9;

        TensorAssert.Equal([2, 3], [1, 2, 3, 4, 5, 6], x);
        TensorAssert.Equal([1, 2, 3, 4], tensor(new long[,,] { { { 1 }, { 2 } }, { { 3 }, { 4 } } }));
        TensorAssert.Equal([true, false], tensor(new bool[] { true, false }));
        Assert.Equal([2, 2, 1], tensor(new long[,,] { { { 1 }, { 2 } }, { { 3 }, { 4 } } }).shape);
        Assert.Equal(ScalarType.Float64, tensor(new float[] { 1 }, ScalarType.Float64).dtype);
        Assert.Equal([2, 2, 1, 1, 2], from_array(new float[2, 2, 1, 1, 2]).shape);
        TensorAssert.Equal([2], [1, 2], from_array(new byte[] { 1, 2 }, ScalarType.Float32));
        Assert.Equal([0], tensor(Array.Empty<float>()).shape);
    }

    [LibTorchFact]
    public void Tensor_FromAnArrayTooShort_Fails() => Assert.Throws<ArgumentException>(() => tensor(new float[5], [2L, 3L]));

    [LibTorchFact]
    public void Likes_TakeShapeAndTypeOfTheExample()
    {
        using var scope = NewDisposeScope();
        Tensor example = zeros([2L, 3L], ScalarType.Float64);

        Assert.Equal((ScalarType.Float64, 6), (ones_like(example).dtype, ones_like(example).sum().ToInt32()));
        Assert.Equal(ScalarType.Int32, zeros_like(example, ScalarType.Int32).dtype);
        Assert.Equal([2, 3], rand_like(example).shape);
        Assert.Equal([2, 3], randn_like(example).shape);
        Assert.Equal(15, full_like(example, 2.5).sum().ToInt32());
        Assert.Equal(ScalarType.Float64, example.new_zeros([4L]).dtype);
    }

    [LibTorchFact]
    public void DefaultType_Set_IsThatOfNewTensors()
    {
        using var scope = NewDisposeScope();
        try
        {
            set_default_dtype(ScalarType.Float64);
            Assert.Equal(ScalarType.Float64, zeros(1).dtype);
            Assert.Equal(ScalarType.Float64, full(1, 0.5).dtype);
            Assert.Throws<ArgumentException>(() => set_default_dtype(ScalarType.Int32));
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }
}
