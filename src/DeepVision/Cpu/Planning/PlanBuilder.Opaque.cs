using DeepVision.Cpu.Memory;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>Outsiders' operations: they read and write plain tensors, so that nobody has to know the engine's layout.</summary>
internal sealed partial class PlanBuilder
{
    private readonly HashSet<GraphNode> _joined = [];

    /// <summary>Nodes that are outputs of one call become one step, where the first of them stands.</summary>
    private void AddOpaque(GraphNode node, OpaqueOperation opaque, CpuOperation operation)
    {
        if (_joined.Contains(node))
        {
            return;
        }

        GraphNode[] nodes =
        [
            .. _graph.Nodes.Where(other => IsOfCall(other, node, operation)).DistinctBy(OutputOf).OrderBy(OutputOf),
        ];
        _joined.UnionWith(nodes);
        TensorView[] inputs = [.. node.Inputs.Select(Planar)];
        TensorShape[] inputShapes = [.. node.Inputs.Select(input => _shapes[input])];
        TensorShape[] shapes = [.. nodes.Select(each => _shapes[each.Output])];
        TensorView[] outputs =
        [
            .. nodes.Select(each =>
                _kernels.Block == 1 && _placement.Find(each.Output) == null ? Allocate(each.Output) : AllocatePlanar(_shapes[each.Output])),
        ];
        var step = new OpaqueStep(
            node.Name, [.. nodes.Select(each => (OpaqueOperation)each.Operation)], operation, inputs, inputShapes, outputs, shapes);
        Emit(step, outputs[0], [.. outputs[1..], .. inputs]);
        foreach ((GraphNode each, TensorView output) in nodes.Zip(outputs))
        {
            if (_blocked[each.Output.Id] is null)
            {
                TensorView blocked = Allocate(each.Output);
                Emit(_kernels.FromPlanar($"{each.Name} to blocks", output, blocked), blocked, output);
            }
        }
    }

    // The first node of a call stands for itself: a second one that gives the same output is a call of its own.
    private bool IsOfCall(GraphNode other, GraphNode node, CpuOperation operation) => other == node || (
        other.Path == node.Path
        && !_joined.Contains(other)
        && other.Operation is OpaqueOperation opaque
        && ReferenceEquals(opaque.Find<CpuOperation>(), operation)
        && OutputOf(other) != OutputOf(node)
        && other.Inputs.SequenceEqual(node.Inputs));

    private static int OutputOf(GraphNode node) => ((OpaqueOperation)node.Operation).OutputIndex;

    /// <summary>The plain form of a value; one in blocks is converted for each reader.</summary>
    private TensorView Planar(GraphValue value)
    {
        if (_planar[value.Id] is { } existing)
        {
            return existing;
        }

        TensorView blocked = Blocked(value);
        if (blocked.Block == 1 && blocked.ImageStride == _shapes[value].ElementCount / blocked.Batch)
        {
            return blocked;
        }

        TensorView planar = AllocatePlanar(_shapes[value]);
        Emit(_kernels.ToPlanar($"{value.Name} to planes", blocked, planar), planar, blocked);
        return planar;
    }

    private TensorView AllocatePlanar(TensorShape shape)
    {
        TensorView view = CreateView(_externalSlots + _buffers.Count, shape, block: 1);
        _buffers.Add(new BufferLifetime(view.Length, int.MaxValue, -1));
        return view;
    }
}
