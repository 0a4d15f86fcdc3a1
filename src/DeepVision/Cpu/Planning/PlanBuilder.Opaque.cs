using DeepVision.Cpu.Memory;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>Outsiders' operations: they read and write plain tensors, so that nobody has to know the engine's layout.</summary>
internal sealed partial class PlanBuilder
{
    private void AddOpaque(GraphNode node, OpaqueOperation opaque, CpuOperation operation)
    {
        TensorView[] inputs = [.. node.Inputs.Select(Planar)];
        TensorShape[] shapes = [.. node.Inputs.Select(input => _shapes[input])];
        TensorShape shape = _shapes[node.Output];
        TensorView output = _kernels.Block == 1 && _placement.Find(node.Output) == null ? Allocate(node.Output) : AllocatePlanar(shape);
        Emit(new OpaqueStep(node.Name, opaque, operation, inputs, shapes, output, shape), output, inputs);
        if (_blocked[node.Output.Id] is null)
        {
            TensorView blocked = Allocate(node.Output);
            Emit(_kernels.FromPlanar($"{node.Name} to blocks", output, blocked), blocked, output);
        }
    }

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
