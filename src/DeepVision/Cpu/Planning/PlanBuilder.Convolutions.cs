using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Winograd;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>What convolutions become: one step, two for some of Winograd's, or one for two layers.</summary>
internal sealed partial class PlanBuilder
{
    // Smaller maps stay in the second-level caches between two steps anyway.
    private const long LargeMapBytes = 1024 * 1024;

    // Pointwise convolutions that are left to the depthwise one behind them, by their output.
    private readonly Dictionary<GraphValue, GraphNode> _left = [];

    private void AddConvolution(GraphNode node, Convolution convolution)
    {
        if (LeavesToDepthwise(node, convolution))
        {
            _left.Add(node.Output, node);
            return;
        }

        if (_left.Remove(node.Inputs[0], out GraphNode? expansion) && !TryAddExpanded(expansion, node, convolution))
        {
            AddAlone(expansion, (Convolution)expansion.Operation);
            AddAlone(node, convolution);
        }
        else if (expansion == null)
        {
            AddAlone(node, convolution);
        }
    }

    private void AddAlone(GraphNode node, Convolution convolution)
    {
        ConvolutionGeometry geometry = LayerPreparation.GeometryOf(convolution);
        GraphValue input = node.Inputs[0];
        TensorView x = LayerPreparation.ReadsPlanar(_graph, _kernels, node, convolution) ? _planar[input.Id]!.Value : Blocked(input);
        TensorView? residual = convolution.AddsResidual ? Blocked(node.Inputs[1]) : null;
        TensorView y = Allocate(node.Output);
        LayerWeights weights = LayerPreparation.WeightsOf(node, _weights);
        ConvolutionAlgorithm algorithm = _algorithms[node];
        if (algorithm == ConvolutionAlgorithm.Direct)
        {
            Step step = _kernels.Convolution(node.Name, geometry, weights, x, y, residual, convolution.Activation, _threads);
            Emit(step, y, residual is { } addend ? [x, addend] : [x]);
            return;
        }

        WinogradSteps steps = _kernels.Winograd(node.Name, algorithm, geometry, weights, x, y, residual, convolution.Activation, _threads);
        TensorView? points = null;
        if (steps.PointFloats > 0)
        {
            points = AllocateWorkspace(steps.PointFloats);
            Emit(steps.Points(points.Value), points.Value, x);
        }

        TensorView?[] read = [x, residual, points];
        Emit(steps.Convolution(points), y, [.. read.OfType<TensorView>()]);
    }

    /// <summary>Whether a pointwise convolution makes a large map that one depthwise convolution alone reads.</summary>
    private bool LeavesToDepthwise(GraphNode node, Convolution convolution)
    {
        TensorShape shape = _shapes[node.Output];
        return LayerPreparation.GeometryOf(convolution).IsPointwise && convolution.Groups == 1 && !convolution.AddsResidual
            && _kernels.Block > 1 && !LayerPreparation.ReadsPlanar(_graph, _kernels, node, convolution) && _placement.Find(node.Output) == null
            && sizeof(float) * shape.ElementCount > LargeMapBytes
            && _graph.Outputs.All(output => output.Value != node.Output)
            && _readers[node.Output].ToArray() is [{ Operation: Convolution follower } reader]
            && follower.Groups > 1 && follower.Groups == node.Output.Channels && follower.OutChannels == follower.Groups
            && reader.Inputs[0] == node.Output && reader.Inputs.Skip(1).All(other => other != node.Output);
    }

    private bool TryAddExpanded(GraphNode expansion, GraphNode node, Convolution convolution)
    {
        TensorView x = Blocked(expansion.Inputs[0]);
        TensorView? residual = convolution.AddsResidual ? Blocked(node.Inputs[1]) : null;
        TensorView y = Allocate(node.Output);
        Step? step = _kernels.ExpandedDepthwise(
            $"{expansion.Name}, {node.Name}",
            LayerPreparation.WeightsOf(expansion, _weights),
            ((Convolution)expansion.Operation).Activation,
            x,
            LayerPreparation.GeometryOf(convolution),
            LayerPreparation.WeightsOf(node, _weights),
            y,
            residual,
            convolution.Activation);
        if (step != null)
        {
            Emit(step, y, residual is { } addend ? [x, addend] : [x]);
        }

        return step != null;
    }
}
