using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Torch.Modules;

/// <summary>
/// A graph as a tree of modules: which paths are leaves, which are containers, and what each container's forward does. A
/// container whose nodes can run as one call, with nothing of another container between them, has a forward; so has one that
/// is called once for each tag with the same calls. Any other container only holds children, as PyTorch's ModuleList does.
/// </summary>
internal sealed class ModuleTreePlan
{
    private readonly ModelGraph _graph;
    private readonly Dictionary<GraphValue, int> _readers = [];
    private readonly Dictionary<GraphValue, GraphNode> _producers = [];
    private readonly HashSet<GraphValue> _given;
    private readonly Dictionary<string, GraphNode> _leaves = [];
    private readonly HashSet<string> _inPlace = [];
    private readonly Dictionary<string, BlockPlan> _blocks = [];
    private List<PlanItem> _items;

    internal ModuleTreePlan(ModelGraph graph)
    {
        _graph = graph;
        _given = [.. graph.Outputs.Select(output => output.Value)];
        foreach (GraphValue value in graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Value)))
        {
            _readers[value] = _readers.GetValueOrDefault(value) + 1;
        }

        foreach (GraphNode node in graph.Nodes)
        {
            _producers.Add(node.Output, node);
            if (IsModule(node))
            {
                _leaves.TryAdd(node.Path, node);
            }
        }

        _inPlace = FindInPlace();
        List<string> containers = FindContainers();
        _items = OpaqueCalls.Join(graph.Nodes);

        // From the innermost, so that a container sees its children's calls.
        foreach (string container in containers.OrderByDescending(path => path.Count(c => c == '.')))
        {
            Contract(container);
        }

        Root = Write("", _items, graph.Inputs, [.. graph.Outputs.Select(output => output.Value)]);
    }

    /// <summary>The leaves by path, in the order of first use, each with a node that it stands for.</summary>
    internal IReadOnlyDictionary<string, GraphNode> Leaves => _leaves;

    /// <summary>The plans of the containers that have a forward, by path.</summary>
    internal IReadOnlyDictionary<string, BlockPlan> Blocks => _blocks;

    /// <summary>What the whole model does.</summary>
    internal BlockPlan Root { get; }

    /// <summary>Whether a leaf may overwrite its input.</summary>
    internal bool IsInPlace(string leaf) => _inPlace.Contains(leaf);

    /// <summary>Layers and what PyTorch has a module for; sums, concatenations and the like are function calls.</summary>
    private static bool IsModule(GraphNode node) => node.Operation
        is Convolution or Linear or BatchNorm or GroupNorm or Activate or MaxPool or AveragePool or AdaptivePool or Dropout or OpaqueOperation;

    private List<string> FindContainers()
    {
        var containers = new List<string>();
        var seen = new HashSet<string>();
        foreach (string leaf in _leaves.Keys)
        {
            for (int dot = leaf.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = leaf.IndexOf('.', dot + 1))
            {
                if (seen.Add(leaf[..dot]))
                {
                    containers.Add(leaf[..dot]);
                }
            }
        }

        return containers.FirstOrDefault(_leaves.ContainsKey) is { } both
            ? throw new ModelBuildException(
                $"Node '{both}' stands where other nodes have their container ('{_leaves.Keys.First(leaf => leaf.StartsWith(both + '.', StringComparison.Ordinal))}'); "
                + "a module is a layer or holds others. Give it another path.") { Component = both }
            : containers;
    }

    // What a layer or a sum made and nothing else reads can be overwritten: no such layer needs its output to go backwards.
    private HashSet<string> FindInPlace()
    {
        var allowed = new HashSet<string>();
        var forbidden = new HashSet<string>();
        foreach (GraphNode node in _graph.Nodes)
        {
            (MayOverwriteInput(node) ? allowed : forbidden).Add(node.Path);
        }

        allowed.ExceptWith(forbidden);
        return allowed;
    }

    private bool MayOverwriteInput(GraphNode node)
    {
        bool canOverwrite = node.Operation switch
        {
            Activate { Activation: { Kind: ActivationKind.Relu or ActivationKind.Relu6 } } => true,
            Activate { Activation: { Kind: ActivationKind.LeakyRelu, Slope: > 0 } } => true,
            Add => node.Inputs[0] != node.Inputs[1],
            _ => false,
        };
        if (!canOverwrite || _readers[node.Inputs[0]] != 1 || !_producers.TryGetValue(node.Inputs[0], out GraphNode? producer))
        {
            return false;
        }

        // A sum's result goes on into its activation; a sum itself may only take over what a layer made.
        return producer.Operation is Convolution or BatchNorm or GroupNorm or Linear || (producer.Operation is Add && node.Operation is Activate);
    }

    private void Contract(string path)
    {
        string prefix = path + ".";
        List<PlanItem> trial = _items;
        BlockPlan? first = null;
        foreach (string tag in _items.Where(Within).Select(item => item.Tag).Distinct().ToArray())
        {
            PlanItem[] members = [.. trial.Where(item => Within(item) && item.Tag == tag)];
            if (!BlockContraction.TryOrder(trial, members, out List<PlanItem> before, out List<PlanItem> after))
            {
                return;
            }

            (GraphValue[] inputs, GraphValue[] outputs) = BlockContraction.Borders(trial, members, _given);
            BlockPlan block = Write(path, members, inputs, outputs);
            first ??= block;
            if (block.Signature() != first.Signature())
            {
                return;
            }

            trial = [.. before, PlanItem.Of(block, tag, inputs, outputs), .. after];
        }

        _items = trial;
        _blocks.Add(path, first!);

        bool Within(PlanItem item) => item.Path.StartsWith(prefix, StringComparison.Ordinal);
    }

    private BlockPlan Write(
        string path, IReadOnlyList<PlanItem> items, IReadOnlyList<GraphValue> inputs, IReadOnlyList<GraphValue> outputs)
    {
        var slots = new Dictionary<GraphValue, int>();
        foreach (GraphValue value in inputs.Concat(items.SelectMany(item => item.Outputs)))
        {
            slots.Add(value, slots.Count);
        }

        int[] given = [.. outputs.Select(value => slots[value])];
        var lastReader = new Dictionary<int, int>();
        for (int i = 0; i < items.Count; i++)
        {
            foreach (GraphValue value in items[i].Inputs.Concat(items[i].Outputs))
            {
                lastReader[slots[value]] = i;
            }
        }

        var steps = new List<BlockStep>();
        int skip = path.Length == 0 ? 0 : path.Length + 1;
        for (int i = 0; i < items.Count; i++)
        {
            PlanItem item = items[i];
            bool isCall = item.Block is not null || IsModule(item.Node!);
            steps.Add(new BlockStep(
                isCall ? item.Path[skip..].Split('.') : [],
                item.Node,
                [.. item.Inputs.Select(value => slots[value])],
                [.. item.Outputs.Select(value => slots[value])],
                !isCall && _inPlace.Contains(item.Path),
                item.Picks,
                [.. lastReader.Where(pair => pair.Value == i && pair.Key >= inputs.Count && !given.Contains(pair.Key)).Select(pair => pair.Key)]));
        }

        return new BlockPlan(path, inputs.Count, slots.Count, steps, given);
    }
}
