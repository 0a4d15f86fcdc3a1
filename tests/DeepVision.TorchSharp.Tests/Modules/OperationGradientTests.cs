using DeepVision.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>Gradients of each operation, of its inputs and its parameters, are slopes.</summary>
public sealed class OperationGradientTests
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Graphs { get; } = [.. OperationGraphs.Names];

    [TorchTheory]
    [MemberData(nameof(Graphs))]
    public void Backward_OfOperation_GivesTheSlopes(string name)
    {
        using var module = new GraphModule(OperationGraphs.Build(name));
        module.Root.to(ScalarType.Float64);

        // Drops are drawn anew for each call.
        module.Root.train(name != "stochastic depth");
        using var scope = NewDisposeScope();
        Tensor[] inputs = [.. OperationGraphs.Inputs(name).Select(input => input.ToTorch().to(ScalarType.Float64).requires_grad_())];
        Parameter[] parameters = [.. module.Root.parameters()];
        Tensor weights = Weights(module, inputs);
        module.Root.call(inputs)[0].mul(weights).sum().backward();

        // The size of a bilinear's second input counts, its values do not.
        Tensor[] variables = [.. parameters, .. inputs.Where(input => input.grad is not null)];
        Assert.NotEmpty(variables);
        Assert.All(parameters, parameter => Assert.NotNull(parameter.grad));
        foreach (Tensor variable in variables)
        {
            Assert.Equal(Slopes(module, inputs, variable, weights), variable.grad!.reshape(-1).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Tolerance);
        }
    }

    private static Tensor Weights(GraphModule module, Tensor[] inputs)
    {
        using var noGrad = no_grad();
        long[] shape = module.Root.call(inputs)[0].shape;
        return GraphModule.Random(new TensorShape([.. shape.Select(extent => (int)extent)]), 77).ToTorch().to(ScalarType.Float64);
    }

    private static double[] Slopes(GraphModule module, Tensor[] inputs, Tensor variable, Tensor weights)
    {
        using var noGrad = no_grad();
        Tensor flat = variable.detach().view(-1);
        double[] slopes = new double[flat.shape[0]];
        for (int i = 0; i < slopes.Length; i++)
        {
            using var scope = NewDisposeScope();
            Tensor element = flat[i];
            element.add_(Step);
            double above = module.Root.call(inputs)[0].mul(weights).sum().item<double>();
            element.sub_(2 * Step);
            double below = module.Root.call(inputs)[0].mul(weights).sum().item<double>();
            element.add_(Step);
            slopes[i] = (above - below) / (2 * Step);
        }

        return slopes;
    }
}
