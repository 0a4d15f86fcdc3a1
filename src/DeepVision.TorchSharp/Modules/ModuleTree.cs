using DeepVision.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>Makes the modules of a plan and hangs them under each other.</summary>
internal static class ModuleTree
{
    /// <summary>Registers all modules below the root, and the parameters that stand in containers themselves.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="root">The module of the whole model.</param>
    internal static void Build(ModuleTreePlan plan, nn.Module root)
    {
        var made = new Dictionary<string, nn.Module> { [""] = root };
        string[] paths = [.. plan.Named.SelectMany(Ways).Distinct().Where(path => !plan.Parameters.ContainsKey(path))];
        foreach (string path in paths)
        {
            made.Add(path, Create(plan, path));
        }

        // Children before parents: a container takes its children's parameters as they are.
        foreach (IGrouping<string, string> siblings in paths.GroupBy(ParentOf).OrderByDescending(group => group.Key.Length))
        {
            bool areNumbered = siblings.All(path => int.TryParse(NameOf(path), out _));
            foreach (string path in areNumbered ? siblings.OrderBy(path => int.Parse(NameOf(path))) : siblings.AsEnumerable())
            {
                made[siblings.Key].register_module(NameOf(path), made[path]);
            }
        }

        foreach ((string path, GraphNode node) in plan.Parameters)
        {
            long[] shape = Array.ConvertAll(node.Parameters[0].Shape.ToArray(), extent => (long)extent);
            made[ParentOf(path)].register_parameter(NameOf(path), nn.Parameter(zeros(shape).DetachFromDisposeScope()));
        }
    }

    private static nn.Module Create(ModuleTreePlan plan, string path)
    {
        if (plan.Leaves.TryGetValue(path, out GraphNode? node))
        {
            return LeafFactory.Create(node, plan.IsInPlace(path));
        }

        return plan.Blocks.TryGetValue(path, out BlockPlan? block)
            ? block.InputCount == 1 && block.Outputs.Length == 1 ? new GraphBlock(block) : new GraphBundle(block)
            : new ModuleHolder(path);
    }

    // "a.b.c" -> "a", "a.b", "a.b.c"
    private static IEnumerable<string> Ways(string path)
    {
        for (int dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
        {
            yield return path[..dot];
        }

        yield return path;
    }

    private static string ParentOf(string path) => path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : "";

    private static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..];
}
