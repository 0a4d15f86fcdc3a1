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
        if (TryLeaveToSum(node, convolution))
        {
            return;
        }

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
        if (_algorithms[node] != ConvolutionAlgorithm.Direct)
        {
            AddWinograd([node], convolution);
            return;
        }

        GraphValue input = node.Inputs[0];
        TensorView x = LayerPreparation.ReadsPlanar(_graph, _kernels, node, convolution) ? _planar[input.Id]!.Value : Blocked(input);
        TensorView? residual = convolution.AddsResidual ? Blocked(node.Inputs[1]) : null;
        TensorView y = Allocate(node.Output);
        Step step = _kernels.Convolution(
            node.Name,
            LayerPreparation.GeometryOf(convolution),
            LayerPreparation.WeightsOf(node, _weights),
            x,
            y,
            residual,
            convolution.Activation,
            _threads);
        Emit(step, y, residual is { } addend ? [x, addend] : [x]);
    }

    /// <summary>One convolution on one map, or on the maps of several nodes.</summary>
    private void AddWinograd(IReadOnlyList<GraphNode> nodes, Convolution convolution)
    {
        if (nodes.Count == 1 && FindPool(nodes[0], convolution) is { } pool)
        {
            AddPooled(nodes[0], convolution, pool);
            return;
        }

        var maps = new ConvolutionMap[nodes.Count];
        var read = new List<TensorView>();
        for (int i = 0; i < maps.Length; i++)
        {
            TensorView x = Blocked(nodes[i].Inputs[0]);
            TensorView? residual = convolution.AddsResidual ? Blocked(nodes[i].Inputs[1]) : null;
            maps[i] = new ConvolutionMap(x, Allocate(nodes[i].Output), residual);
            read.Add(x);
            read.AddRange(residual is { } addend ? [addend] : []);
        }

        AddWinograd(NodeOrder.NameOf(nodes), nodes[0], convolution, maps, read);
    }

    private void AddWinograd(
        string name, GraphNode node, Convolution convolution, ConvolutionMap[] maps, IReadOnlyList<TensorView> read)
    {
        WinogradSteps steps = _kernels.Winograd(
            name,
            _algorithms[node],
            LayerPreparation.GeometryOf(convolution),
            LayerPreparation.WeightsOf(node, _weights),
            maps,
            convolution.Activation,
            _threads);
        TensorView? points = steps.PointFloats > 0 ? AllocateWorkspace(steps.PointFloats) : null;
        TensorView[] written = [.. maps.Select(map => map.Output)];
        for (int round = 0; round < steps.Rounds; round++)
        {
            if (points is { } buffer)
            {
                Emit(steps.Points(buffer, round), buffer, [.. read]);
                Emit(steps.Convolution(buffer, round), buffer, [.. written, .. read]);
            }
            else
            {
                Emit(steps.Convolution(null, round), written[0], [.. written, .. read]);
            }
        }
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
