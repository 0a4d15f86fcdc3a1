using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>What happens once when a graph is compiled: every node is checked for an implementation and every layer is packed.</summary>
internal static class LayerPreparation
{
    /// <summary>A linear layer as a convolution on maps of one pixel.</summary>
    internal static ConvolutionGeometry Pointwise { get; } = new(1, 1, 0, 1, 1);

    internal static ConvolutionGeometry GeometryOf(Convolution convolution) =>
        new(convolution.Kernel, convolution.Stride, convolution.Padding, convolution.Dilation, convolution.Groups);

    internal static LayerWeights WeightsOf(GraphNode node, WeightPackStore store)
    {
        Parameter weight = node.Find(ParameterRole.Weight)
            ?? throw new ModelBuildException($"Node '{node.Name}' has no weight.") { Component = node.Name };
        return store.ForLayer(weight, node.Find(ParameterRole.Bias));
    }

    /// <summary>Whether a convolution reads an input of the graph as it is.</summary>
    internal static bool ReadsPlanar(ModelGraph graph, KernelSet kernels, GraphNode node, Convolution convolution) =>
        graph.Inputs.Contains(node.Inputs[0])
        && kernels.ReadsPlanar(GeometryOf(convolution), node.Inputs[0].Channels, convolution.AddsResidual);

    internal static void Prepare(ModelGraph graph, KernelSet kernels, AlgorithmChoice algorithms, WeightPackStore store)
    {
        var affine = new AffinePacking(kernels.Block);
        var tokens = new TokenPacking(kernels.Block);
        foreach (GraphNode node in graph.Nodes)
        {
            switch (node.Operation)
            {
                case Convolution convolution:
                    kernels.Prepare(
                        algorithms[node],
                        GeometryOf(convolution),
                        node.Inputs[0].Channels,
                        convolution.OutChannels,
                        ReadsPlanar(graph, kernels, node, convolution),
                        WeightsOf(node, store));
                    break;
                case Linear linear:
                    kernels.Prepare(
                        ConvolutionAlgorithm.Direct, Pointwise, linear.InFeatures, linear.OutFeatures, planarInput: false, WeightsOf(node, store));
                    break;
                case BatchNorm norm:
                    affine.PackBatchNorm(node, norm.Epsilon, store);
                    break;
                case GroupNorm or LayerNorm:
                    affine.PackNorm(node, store);
                    break;
                case ChannelScale:
                    affine.PackChannelScale(node, store);
                    break;
                case WeightedAdd sum:
                    SumPacking.Pack(node, sum, store);
                    break;
                case MapToTokens or AddPositions:
                    tokens.Pack(node, store);
                    break;
                case OpaqueOperation opaque when opaque.Find<CpuOperation>() is null:
                    throw PlanBuilder.UnsupportedOperation(node);
            }
        }
    }
}
