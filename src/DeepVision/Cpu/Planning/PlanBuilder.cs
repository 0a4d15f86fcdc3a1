using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Memory;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>Turns the nodes of a graph into steps for one input shape. Used once.</summary>
internal sealed partial class PlanBuilder
{
    private readonly NodeOrder _order;
    private readonly ModelGraph _graph;
    private readonly GraphShapes _shapes;
    private readonly KernelSet _kernels;
    private readonly AlgorithmChoice _algorithms;
    private readonly WeightPackStore _weights;
    private readonly int _threads;
    private readonly AffinePacking _affine;
    private readonly TokenPacking _tokens;
    private readonly TensorView?[] _planar;
    private readonly TensorView?[] _blocked;
    private readonly ValueChannel[]?[] _gathered;
    private readonly ConcatenationPlacement _placement;
    private readonly ILookup<GraphValue, GraphNode> _readers;
    private readonly List<Step> _steps = [];
    private readonly List<BufferLifetime> _buffers = [];
    private readonly int _externalSlots;

    private PlanBuilder(
        NodeOrder order, GraphShapes shapes, KernelSet kernels, AlgorithmChoice algorithms, WeightPackStore weights, int threads)
    {
        _order = order;
        _graph = order.Graph;
        _shapes = shapes;
        _kernels = kernels;
        _algorithms = algorithms;
        _weights = weights;
        _threads = threads;
        _affine = new AffinePacking(kernels.Block);
        _tokens = new TokenPacking(kernels.Block);
        _planar = new TensorView?[_graph.ValueCount];
        _blocked = new TensorView?[_graph.ValueCount];
        _gathered = new ValueChannel[]?[_graph.ValueCount];
        _placement = ConcatenationPlacement.Find(_graph, shapes, kernels.Block);
        _readers = _graph.Nodes.SelectMany(node => node.Inputs.Distinct(), (node, input) => (node, input)).ToLookup(pair => pair.input, pair => pair.node);
        _externalSlots = _graph.Inputs.Count + _graph.Outputs.Count;
    }

    internal static Plan Build(
        NodeOrder order, GraphShapes shapes, KernelSet kernels, AlgorithmChoice algorithms, WeightPackStore weights, int threads) =>
        new PlanBuilder(order, shapes, kernels, algorithms, weights, threads).Build();

    private Plan Build()
    {
        for (int i = 0; i < _graph.Inputs.Count; i++)
        {
            GraphValue input = _graph.Inputs[i];
            TensorView view = CreateView(i, _shapes[input], block: 1);
            _planar[input.Id] = view;
            _blocked[input.Id] = _kernels.Block == 1 ? view : null;
        }

        foreach (IReadOnlyList<GraphNode> nodes in _order.Units)
        {
            AddNodes(nodes);
            AddOutputs(nodes.Select(node => node.Output));
        }

        AddOutputs(_graph.Inputs);

        long[] offsets = BufferPlanner.Place(_buffers, out long arenaFloats);
        const long Line = AlignedMemory.Alignment / sizeof(float);
        long scratch = _steps.Max(step => step.ScratchFloats);
        return new Plan
        {
            InputShapes = [.. _graph.Inputs.Select(input => _shapes[input])],
            OutputShapes = [.. _graph.Outputs.Select(output => _shapes[output.Value])],
            Steps = [.. _steps],
            BufferOffsets = offsets,
            ArenaFloats = arenaFloats,
            ScratchFloats = ((scratch + Line - 1) / Line * Line) + Line,
            Threads = _threads,
            AlgorithmReason = _algorithms.Reason,
        };
    }

    /// <summary>The blocked form of a value; an input is converted, and rearranged channels are gathered, the first time that somebody asks.</summary>
    private TensorView Blocked(GraphValue value)
    {
        if (_blocked[value.Id] is { } view)
        {
            return view;
        }

        if (_gathered[value.Id] is { } channels)
        {
            return Gather(value, channels);
        }

        TensorView planar = _planar[value.Id]!.Value;
        TensorView blocked = Allocate(value);
        Emit(_kernels.FromPlanar($"input {value.Name}", planar, blocked), blocked, planar);
        return blocked;
    }

    /// <summary>A place for a value: a slice of the concatenation that it is part of, or a buffer of its own.</summary>
    private TensorView Allocate(GraphValue value)
    {
        if (_blocked[value.Id] is { } existing)
        {
            return existing;
        }

        TensorView view;
        TensorShape shape = _shapes[value];
        if (_placement.Find(value) is { } place)
        {
            view = Allocate(place.Whole).Slice(place.FirstChannel, shape.Channels);
        }
        else
        {
            view = CreateView(_externalSlots + _buffers.Count, shape, _kernels.Block);
            _buffers.Add(new BufferLifetime(view.Length, int.MaxValue, -1));
        }

        _blocked[value.Id] = view;
        return view;
    }

    /// <summary>A buffer that only the steps of one node use.</summary>
    private TensorView AllocateWorkspace(long floats)
    {
        var view = new TensorView
        {
            Slot = _externalSlots + _buffers.Count,
            Batch = 1,
            Channels = 1,
            Height = 1,
            Width = 1,
            Block = 1,
            PlaneStride = floats,
            ImageStride = floats,
        };
        _buffers.Add(new BufferLifetime(floats, int.MaxValue, -1));
        return view;
    }

    private static TensorView CreateView(int slot, TensorShape shape, int block) => shape.Rank == 4
        ? TensorView.Create(slot, shape.Batch, shape.Channels, shape.Height, shape.Width, block)
        : TensorView.Create(slot, shape.Batch, shape.Channels, 1, 1, block);

    private void Emit(Step step, TensorView output, params ReadOnlySpan<TensorView> inputs)
    {
        int place = Append(step);
        Touch(output.Slot, place);
        foreach (TensorView input in inputs)
        {
            Touch(input.Slot, place);
        }
    }

    /// <summary>Notes that a step uses a slot.</summary>
    private void Touch(int slot, int step)
    {
        if (slot >= _externalSlots)
        {
            BufferLifetime buffer = _buffers[slot - _externalSlots];
            _buffers[slot - _externalSlots] = buffer with
            {
                FirstStep = Math.Min(buffer.FirstStep, step),
                LastStep = Math.Max(buffer.LastStep, step),
            };
        }
    }
}
