using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Memory;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Graphs.Passes;
using DeepVision.Tensors;

namespace DeepVision.Cpu;

/// <summary>
/// A graph compiled for the CPU: weights packed, a bounded number of input shapes planned. Thread-safe; concurrent runs share
/// the weights and have working memory each. Results depend on the graph, the input's shape and values, the instruction
/// set and the algorithms, which follow from <see cref="CpuOptions.TypicalImage"/> and <see cref="CpuOptions.ExactMath"/>: not on threads,
/// neighbors in a batch, or earlier runs.
/// </summary>
internal sealed class CpuGraph : IDisposable
{
    private readonly ModelGraph _graph;
    private readonly NodeOrder _order;
    private readonly KernelSet _kernels;
    private readonly AlgorithmChoice _algorithms;
    private readonly WeightPackStore _weights;
    private readonly ArenaPool _arenas = new();
    private readonly OutputPool _outputs;
    private readonly PlanCache _plans;
    private readonly ConcurrentDictionary<string, CpuOutputs> _parts = new(StringComparer.Ordinal);
    private readonly long _maxActivationBytes;
    private readonly Lock _gate = new();
    private int _running;
    private bool _disposed;

    private CpuGraph(
        ModelGraph graph, KernelSet kernels, AlgorithmChoice algorithms, WeightPackStore weights, CpuOptions options)
    {
        _graph = graph;
        _order = NodeOrder.Of(graph);
        _kernels = kernels;
        _algorithms = algorithms;
        _weights = weights;
        _maxActivationBytes = options.MaxActivationBytes;
        Threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        _outputs = new OutputPool(Math.Max(1, Environment.ProcessorCount / Threads));
        _plans = new PlanCache(options.PlanCacheSize);
        OutputNames = [.. graph.Outputs.Select(output => output.Name)];
    }

    /// <summary>The names of the outputs, in the graph's order.</summary>
    internal IReadOnlyList<string> OutputNames { get; }

    /// <summary>Threads that a run uses at most.</summary>
    internal int Threads { get; }

    /// <summary>The instructions that it computes with; never <see cref="CpuInstructionSet.Auto"/>.</summary>
    internal CpuInstructionSet InstructionSet => _kernels.InstructionSet;

    /// <summary>What each convolution is computed with.</summary>
    internal AlgorithmChoice Algorithms => _algorithms;

    /// <summary>Bytes of packed weights.</summary>
    internal long PackedBytes => _weights.Bytes;

    /// <summary>Prepares a graph; training-only parts are taken away, norms folded and epilogues fused here.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">Its parameters; not used any more when this returns.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="typicalInput">The input that algorithms are chosen for; by default an image of 224 x 224.</param>
    /// <param name="preferred">An algorithm for all convolutions that have it, whatever the options say; null to choose.</param>
    /// <exception cref="ModelBuildException">A node has no implementation; the message names it.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine lacks the instruction set that was asked for.</exception>
    /// <exception cref="InvalidOperationException">The packs do not fit the budget.</exception>
    internal static CpuGraph Compile(
        ModelGraph graph,
        IParameterValues values,
        CpuOptions? options = null,
        TensorShape? typicalInput = null,
        ConvolutionAlgorithm? preferred = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(values);
        options ??= new CpuOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options.Threads));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, CpuOptions.MaxThreads, nameof(options.Threads));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.PlanCacheSize, nameof(options.PlanCacheSize));
        ArgumentOutOfRangeException.ThrowIfNegative(options.PackBudgetBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxActivationBytes, nameof(options));
        KernelSet kernels = KernelSet.Create(options.InstructionSet);
        ModelGraph prepared = graph.ForInference();
        var weights = new WeightPackStore(values, options.PackBudgetBytes);
        try
        {
            AlgorithmChoice algorithms = preferred is { } algorithm
                ? AlgorithmChoice.Preferring(prepared, kernels, algorithm)
                : AlgorithmChoice.For(prepared, kernels, typicalInput, options);
            LayerPreparation.Prepare(prepared, kernels, algorithms, weights);
            var compiled = new CpuGraph(prepared, kernels, algorithms, weights, options);
            weights.Seal(compiled.Threads);
            return compiled;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The shapes of the outputs for some input shapes, in the order of <see cref="OutputNames"/>.</summary>
    internal IReadOnlyList<TensorShape> OutputShapes(params ReadOnlySpan<TensorShape> inputShapes) => FindPlan(inputShapes).OutputShapes;

    /// <summary>The plan for some input shapes; it prints itself, a line a step.</summary>
    internal Plan PlanFor(params ReadOnlySpan<TensorShape> inputShapes) => FindPlan(inputShapes);

    /// <summary>Runs the graph; the outputs are tensors by name and belong to the caller, who may <see cref="Recycle"/> them.</summary>
    internal IReadOnlyDictionary<string, HostTensor> Run(params ReadOnlySpan<HostTensor> inputs) =>
        Run(FindPlan(inputs), OutputNames, inputs);

    /// <summary>
    /// Runs the graph as far as some of its outputs need it; they are tensors by name and belong to the caller, who may
    /// <see cref="Recycle"/> them, and no others are given.
    /// </summary>
    /// <param name="wanted">Their names, each one of <see cref="OutputNames"/>; few sets of them, since plans are kept for each.</param>
    /// <param name="inputs">The graph's inputs in order.</param>
    internal IReadOnlyDictionary<string, HostTensor> Run(IReadOnlyList<string> wanted, params ReadOnlySpan<HostTensor> inputs)
    {
        CpuOutputs part = _parts.GetOrAdd(string.Join('\n', wanted), _ => CpuOutputs.Select(_graph, wanted, _plans.Capacity));
        return Run(FindPlan(inputs, part), part.Names, inputs);
    }

    /// <summary>Takes outputs of a run that nobody reads any more, for the next runs to write to.</summary>
    internal void Recycle(IReadOnlyDictionary<string, HostTensor> outputs)
    {
        if (outputs is Dictionary<string, HostTensor> given)
        {
            _outputs.Return(given);
        }
    }

    /// <summary>Runs the graph into the caller's tensors. Allocates nothing once the shape has been planned and run.</summary>
    /// <param name="inputs">The graph's inputs in order.</param>
    /// <param name="outputs">A tensor for each of <see cref="OutputNames"/>, of the shapes of <see cref="OutputShapes"/>.</param>
    internal void Run(ReadOnlySpan<HostTensor> inputs, ReadOnlySpan<HostTensor> outputs)
    {
        Plan plan = FindPlan(inputs);
        if (outputs.Length != OutputNames.Count)
        {
            throw new ArgumentException($"The graph has {OutputNames.Count} outputs; found {outputs.Length} tensors.", nameof(outputs));
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(outputs[i], nameof(outputs));
            if (outputs[i].Shape != plan.OutputShapes[i])
            {
                throw new ArgumentException(
                    $"Output '{OutputNames[i]}' has shape {plan.OutputShapes[i]}; found a tensor of {outputs[i].Shape}.", nameof(outputs));
            }
        }

        Execute(plan, inputs, outputs);
    }

    /// <summary>Runs and gives the seconds that each step took, for benchmarks.</summary>
    internal double[] RunTimed(ReadOnlySpan<HostTensor> inputs, ReadOnlySpan<HostTensor> outputs)
    {
        Plan plan = FindPlan(inputs);
        var seconds = new double[plan.Steps.Length];
        Execute(plan, inputs, outputs, seconds);
        return seconds;
    }

    /// <summary>Frees weights and working memory, as soon as the runs that are under way have ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            if (_running > 0)
            {
                return;
            }
        }

        Free();
    }

    /// <summary>Instruction set, threads, packed weights.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{InstructionSet}, {Threads} thread{(Threads == 1 ? "" : "s")}, {PackedBytes / 1e6:F1} MB of packed weights");

    private Dictionary<string, HostTensor> Run(Plan plan, IReadOnlyList<string> names, ReadOnlySpan<HostTensor> inputs)
    {
        Dictionary<string, HostTensor> byName = _outputs.Rent(names, plan.OutputShapes);
        var outputs = new HostTensor[names.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = byName[names[i]];
        }

        Execute(plan, inputs, outputs);
        return byName;
    }

    private void Execute(Plan plan, ReadOnlySpan<HostTensor> inputs, ReadOnlySpan<HostTensor> outputs, double[]? seconds = null)
    {
        Enter();
        AlignedMemory? arena = null;
        PlanRun? run = null;
        try
        {
            run = plan.Rent();
            arena = _arenas.Rent(plan.WorkingFloats);
            run.Execute(inputs, outputs, arena, seconds);
        }
        finally
        {
            if (run != null)
            {
                plan.Return(run);
            }

            if (arena != null)
            {
                _arenas.Return(arena);
            }

            Leave();
        }
    }

    private void Enter()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _running++;
        }
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(
                _graph.Name, $"'{_graph.Name}' was compiled for the CPU and has been disposed since, perhaps by another thread; compile it again.");
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _running--;
            if (!_disposed || _running > 0)
            {
                return;
            }
        }

        Free();
    }

    private void Free()
    {
        _weights.Dispose();
        _arenas.Dispose();
        _outputs.Clear();
    }

    private Plan FindPlan(ReadOnlySpan<HostTensor> inputs, CpuOutputs? part = null)
    {
        TensorShapeBuffer buffer = default;
        Span<TensorShape> shapes = buffer;
        if (inputs.Length > shapes.Length)
        {
            throw new ArgumentException($"'{_graph.Name}' has {_graph.Inputs.Count} inputs; found {inputs.Length}.", nameof(inputs));
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], nameof(inputs));
            shapes[i] = inputs[i].Shape;
        }

        return part is null ? FindPlan(shapes[..inputs.Length]) : FindPlan(shapes[..inputs.Length], part);
    }

    private Plan FindPlan(ReadOnlySpan<TensorShape> shapes)
    {
        ThrowIfDisposed();
        return _plans.Find(shapes) ?? _plans.GetOrAdd(shapes.ToArray(), BuildPlan);
    }

    private Plan FindPlan(ReadOnlySpan<TensorShape> shapes, CpuOutputs part)
    {
        ThrowIfDisposed();
        return part.Plans.Find(shapes) ?? part.Plans.GetOrAdd(shapes.ToArray(), given => BuildPlan(part.Order, given));
    }

    private Plan BuildPlan(TensorShape[] shapes) => BuildPlan(_order, shapes);

    // A run as far as disposing goes: plans refer to the packed weights.
    private Plan BuildPlan(NodeOrder order, TensorShape[] shapes)
    {
        Enter();
        try
        {
            ModelGraph graph = order.Graph;
            GraphShapes inferred = graph.InferShapes(shapes);
            ActivationLimit.CheckShapes(graph, inferred, shapes, _maxActivationBytes);
            Plan plan = PlanBuilder.Build(order, inferred, _kernels, _algorithms, _weights, Threads);
            ActivationLimit.CheckPlan(plan, _maxActivationBytes);
            return plan;
        }
        finally
        {
            Leave();
        }
    }

    [InlineArray(MaxInputs)]
    private struct TensorShapeBuffer
    {
        private const int MaxInputs = 8;
        private TensorShape _first;
    }
}
