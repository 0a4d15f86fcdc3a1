using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>
/// Operations with one parameter that PyTorch's models hold in a container itself, like <c>layer_scale</c> or
/// <c>class_token</c>, and use in its forward.
/// </summary>
internal static class ParameterOperations
{
    /// <summary>Runs a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="parameter">Its parameter.</param>
    internal static Tensor Run(GraphNode node, Tensor[] inputs, Tensor parameter) => node.Operation switch
    {
        ChannelScale => ScaleChannels(inputs[0], parameter),
        WeightedAdd add => Sum(inputs, parameter, LeafFactory.Exact(add.Epsilon)),
        MapToTokens => ToTokens(inputs[0], parameter),
        AddPositions => WithPositions(inputs[0], parameter),
        _ => throw new ModelBuildException(
            $"Node '{node.Name}' ({node.Operation.Describe()}): the TorchSharp runtime has no function with a parameter for it.") { Component = node.Name },
    };

    private static Tensor ScaleChannels(Tensor input, Tensor factors)
    {
        using Tensor shaped = input.dim() == 4 ? factors.reshape(-1, 1, 1) : factors.reshape(-1);
        return input.mul(shaped);
    }

    private static Tensor Sum(Tensor[] inputs, Tensor weights, double epsilon)
    {
        using Scalar least = epsilon;
        using Tensor positive = weights.relu();
        using Tensor total = positive.sum();
        using Tensor divisor = total.add(least);
        using Tensor shares = positive.div(divisor);
        Tensor sum = Share(0);
        for (int i = 1; i < inputs.Length; i++)
        {
            // A product needs its factors to go backwards, not its value, which can be overwritten.
            using Tensor term = Share(i);
            sum.add_(term);
        }

        return sum;

        Tensor Share(int index)
        {
            using Tensor share = shares.select(0, index);
            return inputs[index].mul(share);
        }
    }

    // The class token before the pixels: (N, C, H, W) -> (N, C, 1 + H * W, 1).
    private static Tensor ToTokens(Tensor map, Tensor token)
    {
        using Tensor columns = map.flatten(2);
        using Tensor pixels = columns.transpose(1, 2);
        using Tensor first = token.expand(map.shape[0], 1, map.shape[1]);
        using Tensor tokens = cat([first, pixels], 1);
        return FeaturesLast.ToMap(tokens);
    }

    private static Tensor WithPositions(Tensor tokens, Tensor positions)
    {
        using Tensor shaped = FeaturesLast.ToMap(positions);
        return tokens.add(shaped);
    }
}
