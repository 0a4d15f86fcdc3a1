using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

public sealed class ArithmeticTests
{
    [LibTorchFact]
    public void Operators_TensorsAndNumbers_ComputeElementwise()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2, 4 });
        Tensor y = tensor(new float[] { 3, 5, -2 });

        TensorAssert.Equal([4, 7, 2], x + y);
        TensorAssert.Equal([-2, -3, 6], x - y);
        TensorAssert.Equal([3, 10, -8], x * y);
        TensorAssert.Equal([3, 2.5f, -0.5f], y / x);
        TensorAssert.Equal([1.5f, 2.5f, 4.5f], x + 0.5);
        TensorAssert.Equal([9, 8, 6], 10 - x);
        TensorAssert.Equal([8, 4, 2], 8f / x);
        TensorAssert.Equal([-1, -2, -4], -x);
        TensorAssert.Equal([3, 4, 6], x + (Scalar)2);
    }

    [LibTorchFact]
    public void Add_WithAlphaAndBroadcast_ScalesTheAddend()
    {
        using var scope = NewDisposeScope();
        TensorAssert.Equal([2, 3], [11, 21, 31, 12, 22, 32], tensor(new float[,] { { 1 }, { 2 } }).add(tensor(new float[] { 10, 20, 30 })));
        TensorAssert.Equal([-19, -39], tensor(new float[] { 1, 1 }).add(tensor(new float[] { 10, 20 }), -2));
    }

    [LibTorchFact]
    public void InPlace_Operations_ChangeAndReturnTheSameObject()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2, 3 });

        Assert.Same(x, x.add_(1).mul_(2).sub_(1).div_(2));
        TensorAssert.Equal([1.5f, 2.5f, 3.5f], x);
    }

    [LibTorchFact]
    public void Division_WithRounding_FollowsPython()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([0, -1, 1, 0, 2, 0], x.div(2, RoundingMode.trunc));
        TensorAssert.Equal([0, -1, 1, 0, 2, -1], x.div(2, RoundingMode.floor));
        TensorAssert.Equal([0, -1, 1, 0, 2, -1], x.floor_divide(2));
        TensorAssert.Equal([1.5f, 0, 1.25f, 0.5f, 0, 1], x.remainder(2));
    }

    [LibTorchFact]
    public void OptimiserSteps_InPlace_FuseTheirTerms()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2 });
        Tensor a = tensor(new float[] { 3, 4 });
        Tensor b = tensor(new float[] { 2, 8 });

        TensorAssert.Equal([4, 18], x.addcmul(a, b, 0.5));
        TensorAssert.Equal([2.5f, 2.5f], x.addcdiv(a, b, 1));
        TensorAssert.Equal([1.25f, 3.5f], x.lerp_(b, tensor(0.25f)));
    }

    [LibTorchFact]
    public void Products_OfMatrices_FollowTheirShapes()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([2, 2], [16.8125f, -10.5f, -10.5f, 17.25f], x.matmul(x.t()));
        TensorAssert.Equal([2, 2], [16.8125f, -10.5f, -10.5f, 17.25f], x.mm(x.t()));
        TensorAssert.Equal([3, 1, 1], [2.5f, 20, 11.5625f], bmm(x.t().reshape(3, 1, 2), x.t().reshape(3, 2, 1)));
    }
}
