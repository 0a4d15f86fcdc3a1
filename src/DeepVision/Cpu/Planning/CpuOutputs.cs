using DeepVision.Graphs;
using DeepVision.Graphs.Passes;

namespace DeepVision.Cpu.Planning;

/// <summary>Some of a prepared graph's outputs, with what they need of it and the plans for that. The packs are those of the whole.</summary>
internal sealed class CpuOutputs
{
    private CpuOutputs(ModelGraph graph, PlanCache plans)
    {
        Order = NodeOrder.Of(graph);
        Plans = plans;
        Names = [.. graph.Outputs.Select(output => output.Name)];
    }

    /// <summary>The nodes of the part of the graph that these outputs need.</summary>
    internal NodeOrder Order { get; }

    /// <summary>The outputs' names, in the graph's order.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Its plans.</summary>
    internal PlanCache Plans { get; }

    /// <param name="graph">The whole, prepared.</param>
    /// <param name="names">The outputs' names.</param>
    /// <param name="capacity">How many plans are kept.</param>
    internal static CpuOutputs Select(ModelGraph graph, IReadOnlyList<string> names, int capacity) =>
        new(graph.KeepOutputs(names), new PlanCache(capacity));
}
