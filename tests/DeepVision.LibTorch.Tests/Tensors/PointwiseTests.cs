using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Tensors;

public sealed class PointwiseTests
{
    [LibTorchFact]
    public void Functions_OfEachElement_GivePythonsValues()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([0.8175744414329529f, 0.11920291930437088f, 0.9626730680465698f, 0.622459352016449f, 0.9820137619972229f, 0.2689414322376251f], x.sigmoid());
        TensorAssert.Equal([0.9051482677459717f, -0.9640275835990906f, 0.9969976544380188f, 0.46211716532707214f, 0.9993293285369873f, -0.7615941762924194f], x.tanh());
        TensorAssert.Equal([0.9661051630973816f, -0.9953222870826721f, 0.9999957084655762f, 0.5204998850822449f, 1, -0.8427007794380188f], x.erf());
        TensorAssert.Equal([1.5f, 2, 3.25f, 0.5f, 4, 1], x.abs());
        TensorAssert.Equal([1.5f, 0, 3.25f, 0.5f, 4, 0], x.relu());
        TensorAssert.Equal([0, 2, 2, 0], tensor(new float[] { 0.5f, 1.5f, 2.5f, -0.5f }).round());
        TensorAssert.Equal([1, 0.5f, 0.25f], tensor(new float[] { 1, 4, 16 }).rsqrt());
        TensorAssert.Equal([0, MathF.Log(2), MathF.Log(4)], tensor(new float[] { 0, 1, 3 }).log1p());
        TensorAssert.Equal([1, 4, 9], tensor(new float[] { 1, 2, 3 }).pow(2));
        TensorAssert.Equal([1, MathF.E, 1 / MathF.E], tensor(new float[] { 0, 1, -1 }).exp());
        TensorAssert.Equal([0, 1, 2], tensor(new float[] { 1, 2, 4 }).log2());
    }

    [LibTorchFact]
    public void Softmax_AlongADimension_GivesPythonsValues()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([0.1473882794380188f, 0.004450740292668343f, 0.848160982131958f, 0.02912176214158535f, 0.9643803238868713f, 0.0064979433082044125f], x.softmax(1));
        TensorAssert.Equal([-0.31326165795326233f, -6.002475738525391f, -0.01416344940662384f, -1.31326162815094f, -0.0024756519123911858f, -4.264163494110107f], x.log_softmax(0));
        Assert.Equal(ScalarType.Float64, x.softmax(1, ScalarType.Float64).dtype);
    }

    [LibTorchFact]
    public void Clamp_OpenAndClosedRanges_BringsElementsIn()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([1, -1, 1, 0.5f, 1, -1], x.clamp(-1, 1));
        TensorAssert.Equal([1.5f, 0, 3.25f, 0.5f, 4, 0], x.clamp(min: 0));
        TensorAssert.Equal([1, -2, 1, 0.5f, 1, -1], x.clamp(max: 1));
        TensorAssert.Equal([2, 2, 3.25f, 2, 4, 2], x.maximum(tensor(2f)));
        TensorAssert.Equal([1.5f, -2, 2, 0.5f, 2, -1], x.minimum(tensor(2f)));
    }

    [LibTorchFact]
    public void MaskedFill_AndCopy_WriteIntoTheTensor()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        TensorAssert.Equal([1.5f, 9, 3.25f, 0.5f, 4, 9], x.masked_fill(x < 0, 9));
        Assert.Same(x, x.copy_(tensor(new long[] { 1, 2, 3 })));
        TensorAssert.Equal([1, 2, 3, 1, 2, 3], x);
        TensorAssert.Equal([7, 7, 7, 7, 7, 7], x.fill_(7));
        TensorAssert.Equal([0, 0, 0, 0, 0, 0], x.zero_());
        TensorAssert.Equal([0, 0, 0, 0, 0, 0], x);
    }

    [LibTorchFact]
    public void Comparisons_GiveBooleans()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2, float.NaN, float.PositiveInfinity });

        TensorAssert.Equal([true, false, false, false], x < 2);
        TensorAssert.Equal([true, true, false, false], x <= 2);
        TensorAssert.Equal([false, false, false, true], x > tensor(2f));
        TensorAssert.Equal([false, true, false, false], x == 2);
        TensorAssert.Equal([true, false, true, true], x != 2);
        TensorAssert.Equal([false, true, false, true], 2 <= x);
        TensorAssert.Equal([false, false, true, false], x.isnan());
        TensorAssert.Equal([false, false, false, true], x.isinf());
        TensorAssert.Equal([true, true, false, false], x.isfinite());
        TensorAssert.Equal([false, false, true, true], ~x.isfinite());
        TensorAssert.Equal([true, true, true, false], x.isnan() | (x < 3));
        TensorAssert.Equal([false, true, false, false], (x > 1) & (x < 3));
    }

    [LibTorchFact]
    public void Equality_OfWholeTensors_ComparesShapesAndElements()
    {
        using var scope = NewDisposeScope();
        Tensor x = Sample.Matrix();

        Assert.True(x.Equals(x.clone()));
        Assert.False(x.Equals(x.reshape(3, 2)));
        Assert.True(x.allclose(x + 1e-7));
        Assert.False(x.allclose(x + 1e-3));
    }
}
