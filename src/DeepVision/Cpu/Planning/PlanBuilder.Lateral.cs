using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// A pyramid's way down: a convolution plus a coarser map, enlarged by its nearest pixels to the convolution's size. It is one
/// step where nobody else reads the convolution's output or the enlarged map, neither of which is made then.
/// </summary>
internal sealed partial class PlanBuilder
{
    // Sums that stand for the convolution before them as well, and the enlargements that they need no step for.
    private readonly Dictionary<GraphNode, LateralSum> _lateral = [];
    private readonly HashSet<GraphNode> _untaken = [];

    private bool TryLeaveToSum(GraphNode node, Convolution convolution)
    {
        TensorShape shape = _shapes[node.Output];
        ConvolutionGeometry geometry = LayerPreparation.GeometryOf(convolution);
        if (convolution.AddsResidual || convolution.Activation.Kind != ActivationKind.Identity
            || _algorithms[node] != ConvolutionAlgorithm.Direct || (long)shape.Height * shape.Width == 1
            || !_kernels.AddsEnlarged(geometry, node.Inputs[0].Channels, convolution.OutChannels)
            || LayerPreparation.ReadsPlanar(_graph, _kernels, node, convolution)
            || FindSum(node) is not { } lateral)
        {
            return false;
        }

        _lateral.Add(lateral.Sum, lateral);
        _untaken.Add(lateral.Enlargement);
        return true;
    }

    /// <summary>The sum that a convolution is part of, if the other part is a map enlarged to its size, and nobody else reads either.</summary>
    private LateralSum? FindSum(GraphNode node)
    {
        GraphNode[] readers = [.. _readers[node.Output]];
        GraphNode? enlargement = Array.Find(readers, reader => reader.Operation is UpsampleLike { Mode: UpsampleMode.Nearest });
        GraphNode? sum = Array.Find(readers, reader => reader.Operation is Add);
        return readers.Length == 2 && enlargement != null && sum != null
            && enlargement.Inputs[0] != node.Output
            && sum.Inputs.All(input => input == node.Output || input == enlargement.Output)
            && _readers[enlargement.Output].SequenceEqual([sum])
            && _graph.Outputs.All(output => output.Value != node.Output && output.Value != enlargement.Output)
                ? new LateralSum(node, enlargement, sum)
                : null;
    }

    private void AddLateralSum(LateralSum lateral)
    {
        var convolution = (Convolution)lateral.Convolution.Operation;
        TensorView x = Blocked(lateral.Convolution.Inputs[0]);
        TensorView coarse = Blocked(lateral.Enlargement.Inputs[0]);
        TensorView y = Allocate(lateral.Sum.Output);
        Step step = _kernels.Convolution(
            $"{lateral.Convolution.Name}, {lateral.Sum.Name}",
            LayerPreparation.GeometryOf(convolution),
            LayerPreparation.WeightsOf(lateral.Convolution, _weights),
            x,
            y,
            coarse,
            ((Add)lateral.Sum.Operation).Activation,
            _threads);
        Emit(step, y, x, coarse);
    }

    /// <summary>A convolution, the enlargement of a coarser map to its size, and their sum.</summary>
    private readonly record struct LateralSum(GraphNode Convolution, GraphNode Enlargement, GraphNode Sum);
}
