using DeepVision.Cpu;
using DeepVision.Cpu.Memory;
using DeepVision.Cpu.Planning;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Benchmarks;

/// <summary>Runs the steps of one layer on all threads, again and again on the same buffers, without those that change the layout.</summary>
internal sealed class LayerRun : IDisposable
{
    private readonly CpuGraph _graph;
    private readonly PlanRun _run;
    private readonly HostTensor[] _inputs;
    private readonly HostTensor[] _outputs;
    private readonly AlignedMemory _arena;

    internal LayerRun(BenchmarkLayer layer, int batch, CpuOptions options)
    {
        ModelGraph graph = layer.Build();
        TensorShape shape = layer.Input(batch);
        _graph = CpuGraph.Compile(graph, new LayerValues(), options, shape);
        Plan plan = _graph.PlanFor(shape);
        MultiplyAdds = graph.InferShapes(shape).MultiplyAdds;
        Step[] steps = [.. plan.Steps.Where(step => step.Name == BenchmarkLayer.Node)];
        if (steps.Length == 0)
        {
            throw new InvalidOperationException($"No step of the plan is named '{BenchmarkLayer.Node}': {plan}");
        }

        Description = string.Join(" / ", steps.Select(step => step.Describe()));
        _inputs = [new HostTensor(shape)];
        for (int i = 0; i < _inputs[0].Values.Length; i++)
        {
            _inputs[0].Values[i] = MathF.Sin(i * 0.37f);
        }

        _outputs = [.. plan.OutputShapes.Select(output => new HostTensor(output))];
        _arena = new AlignedMemory(plan.WorkingFloats);

        // The whole graph once fills the layer's input.
        new PlanRun(plan).Execute(_inputs, _outputs, _arena);
        _run = new PlanRun(new Plan
        {
            InputShapes = plan.InputShapes,
            OutputShapes = plan.OutputShapes,
            Steps = steps,
            BufferOffsets = plan.BufferOffsets,
            ArenaFloats = plan.ArenaFloats,
            ScratchFloats = plan.ScratchFloats,
            Threads = plan.Threads,
        });
    }

    /// <summary>What the direct algorithm would do in one run, whatever algorithm is taken.</summary>
    internal long MultiplyAdds { get; }

    /// <summary>The algorithm that was chosen.</summary>
    internal string Description { get; }

    internal void Run() => _run.Execute(_inputs, _outputs, _arena);

    public void Dispose()
    {
        _graph.Dispose();
        _arena.Dispose();
    }

    /// <summary>Weights that keep the scale.</summary>
    private sealed class LayerValues : IParameterValues
    {
        public void Read(Parameter parameter, Span<float> destination)
        {
            float scale = parameter.Shape.Rank > 1 ? MathF.Sqrt(4f / (parameter.Shape.ElementCount / parameter.Shape[0])) : 0.1f;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = scale * MathF.Sin(i * 0.61f);
            }
        }
    }
}
