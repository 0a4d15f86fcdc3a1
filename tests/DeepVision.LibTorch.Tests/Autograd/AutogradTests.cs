using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Autograd;

public sealed class AutogradTests
{
    // The function and the values of PyTorch 1.13: ((a * b).exp() + (a / b).sigmoid() * b.pow(2)).sum().
    private static readonly float[] s_gradientOfA = [0.8768573999404907f, -0.2403288632631302f, 807.1558837890625f];
    private static readonly float[] s_gradientOfB = [2.4245245456695557f, -0.17772242426872253f, 1213.1092529296875f];

    [LibTorchFact]
    public void Backward_OfAFunction_GivesPythonsGradients()
    {
        using var scope = NewDisposeScope();
        (Tensor a, Tensor b) = Inputs();

        Tensor y = Function(a, b);
        y.backward();

        TensorAssert.Equal([], [408.8225402832031f], y.detach());
        TensorAssert.Equal(s_gradientOfA, a.grad!);
        TensorAssert.Equal(s_gradientOfB, b.grad!);
    }

    [LibTorchFact]
    public void Grad_OfAFunction_LeavesTheInputsAlone()
    {
        using var scope = NewDisposeScope();
        (Tensor a, Tensor b) = Inputs();

        IList<Tensor> gradients = autograd.grad([Function(a, b)], [a, b]);

        TensorAssert.Equal(s_gradientOfA, gradients[0]);
        TensorAssert.Equal(s_gradientOfB, gradients[1]);
        Assert.Null(a.grad);
    }

    [LibTorchFact]
    public void Backward_Twice_AddsUp()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2 }, requires_grad: true);
        Tensor y = (x * x).sum();

        y.backward(retain_graph: true);
        y.backward();

        TensorAssert.Equal([4, 8], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones(2);
        TensorAssert.Equal([1, 1], x.grad!);
    }

    [LibTorchFact]
    public void Backward_FreedGraph_CarriesLibtorchsText()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2 }, requires_grad: true);
        Tensor y = (x * x).sum();
        y.backward();

        var problem = Assert.Throws<ExternalException>(y.backward);
        Assert.Contains("backward through the graph a second time", problem.Message, StringComparison.Ordinal);
    }

    [LibTorchFact]
    public void Backward_OfManyElements_TakesTheirGradients()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2 }, requires_grad: true);
        Tensor y = x * x;
        Assert.Throws<ExternalException>(y.backward);

        y.backward([tensor(new float[] { 10, 1 })]);

        TensorAssert.Equal([20, 4], x.grad!);
    }

    [LibTorchFact]
    public void Grad_Twice_GivesSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 2, 3 }, requires_grad: true);

        Tensor first = autograd.grad([x.pow(3).sum()], [x], create_graph: true, retain_graph: true)[0];
        Tensor second = autograd.grad([first.sum()], [x])[0];

        TensorAssert.Equal([12, 27], first.detach());
        TensorAssert.Equal([12, 18], second);
    }

    [LibTorchFact]
    public void RetainGrad_OfAResult_KeepsItsGradient()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2 }, requires_grad: true);
        Tensor y = x * 2;
        y.retain_grad();

        (y * y).sum().backward();

        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        TensorAssert.Equal([4, 8], y.grad!);
    }

    private static (Tensor A, Tensor B) Inputs() =>
        (tensor(new float[] { 1, 2, 3 }, requires_grad: true), tensor(new float[] { 0.5f, -1, 2 }, requires_grad: true));

    private static Tensor Function(Tensor a, Tensor b) => ((a * b).exp() + ((a / b).sigmoid() * b.pow(2))).sum();
}
