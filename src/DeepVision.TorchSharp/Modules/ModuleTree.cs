using DeepVision.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>Makes the modules of a plan and hangs them under each other.</summary>
internal static class ModuleTree
{
    /// <summary>Registers all modules below the root, and the parameters that stand in containers themselves.</summary>
    /// <param name="plans">The plans of the model's stages; a layer of several stages is made once.</param>
    /// <param name="root">The module of the whole model.</param>
    /// <exception cref="ModelBuildException">Two stages call one container for different things.</exception>
    internal static void Build(IReadOnlyList<ModuleTreePlan> plans, nn.Module root)
    {
        var made = new Dictionary<string, nn.Module> { [""] = root };
        Dictionary<string, GraphNode> parameters = Merge(plans.Select(plan => plan.Parameters));
        string[] paths = [.. plans.SelectMany(plan => plan.Named).SelectMany(Ways).Distinct().Where(path => !parameters.ContainsKey(path))];
        foreach (string path in paths)
        {
            made.Add(path, Create(plans, path));
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

        foreach ((string path, GraphNode node) in parameters)
        {
            long[] shape = Array.ConvertAll(node.Parameters[0].Shape.ToArray(), extent => (long)extent);
            made[ParentOf(path)].register_parameter(NameOf(path), nn.Parameter(zeros(shape).DetachFromDisposeScope()));
        }
    }

    private static Dictionary<string, GraphNode> Merge(IEnumerable<IReadOnlyDictionary<string, GraphNode>> entries)
    {
        var merged = new Dictionary<string, GraphNode>();
        foreach ((string path, GraphNode node) in entries.SelectMany(each => each))
        {
            merged.TryAdd(path, node);
        }

        return merged;
    }

    private static nn.Module Create(IReadOnlyList<ModuleTreePlan> plans, string path)
    {
        ModuleTreePlan[] leaves = [.. plans.Where(plan => plan.Leaves.ContainsKey(path))];
        if (leaves.Length > 0)
        {
            return LeafFactory.Create(leaves[0].Leaves[path], leaves.All(plan => plan.IsInPlace(path)));
        }

        BlockPlan[] blocks = [.. plans.Where(plan => plan.Blocks.ContainsKey(path)).Select(plan => plan.Blocks[path])];
        if (blocks.Length == 0)
        {
            return new ModuleHolder(path);
        }

        return blocks.Any(block => block.Signature() != blocks[0].Signature())
            ? throw new ModelBuildException($"Two stages of the model call '{path}' for different things; give one of them another path.") { Component = path }
            : blocks[0].InputCount == 1 && blocks[0].Outputs.Length == 1 ? new GraphBlock(blocks[0]) : new GraphBundle(blocks[0]);
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
