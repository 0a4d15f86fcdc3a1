using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// The algorithm of each convolution, chosen once when a graph is compiled, for a typical input, by a model of the costs. All
/// layers that share weights get the same one, so that weights are packed once. Other inputs run with the same algorithms.
/// </summary>
internal sealed class AlgorithmChoice
{
    private readonly Dictionary<GraphNode, ConvolutionAlgorithm> _chosen = [];

    private AlgorithmChoice(string reason) => Reason = reason;

    /// <summary>Which input the choice was made for and why that one, in a line; empty where nothing was to choose.</summary>
    internal string Reason { get; }

    internal ConvolutionAlgorithm this[GraphNode node] => _chosen.GetValueOrDefault(node, ConvolutionAlgorithm.Direct);

    /// <summary>Chooses for all convolutions of a graph.</summary>
    /// <param name="graph">The graph, prepared for inference.</param>
    /// <param name="kernels">What there is to choose from.</param>
    /// <param name="typicalInput">
    /// The first input that the choice is made for, the others being as large; null for an image of 224 x 224. A graph that does not take it gets the choice for a
    /// larger image, and all direct where it takes none of those either.
    /// </param>
    /// <param name="exactMath">Whether all are direct.</param>
    internal static AlgorithmChoice For(ModelGraph graph, KernelSet kernels, TensorShape? typicalInput, bool exactMath)
    {
        if (exactMath)
        {
            return new AlgorithmChoice("all convolutions are direct, since exact math was asked for");
        }

        ILookup<Parameter?, GraphNode> layers = graph.Nodes
            .Where(node => Algorithms(graph, kernels, node).Count > 1)
            .ToLookup(node => node.Find(ParameterRole.Weight));
        if (layers.Count == 0)
        {
            return new AlgorithmChoice("");
        }

        var choice = new AlgorithmChoice(FindShapes(graph, typicalInput, out GraphShapes? shapes));
        if (shapes is null)
        {
            return choice;
        }

        foreach (IGrouping<Parameter?, GraphNode> sharing in layers)
        {
            ConvolutionAlgorithm best = Algorithms(graph, kernels, sharing.First())
                .MinBy(algorithm => sharing.Sum(node => Cost(node, algorithm, shapes, kernels)));
            foreach (GraphNode node in sharing)
            {
                choice._chosen.Add(node, best);
            }
        }

        return choice;
    }

    /// <summary>The shapes for the typical input, or for the first larger one that the graph takes; says which.</summary>
    private static string FindShapes(ModelGraph graph, TensorShape? typicalInput, out GraphShapes? shapes)
    {
        Size2D first = typicalInput is { } input ? new Size2D(input.Height, input.Width) : new Size2D(224, 224);
        string? refusal = null;
        foreach (Size2D size in new[] { first, new Size2D(512, 512), new Size2D(1024, 1024) })
        {
            try
            {
                shapes = graph.InferShapes([.. graph.Inputs.Select(value => value.Rank == 4
                    ? new TensorShape(1, value.Channels, size.Height, size.Width)
                    : new TensorShape(1, value.Channels))]);
                return $"algorithms are those for inputs of {Sides(size)}" + (refusal is null ? "" : $", since {refusal}");
            }
            catch (ModelBuildException exception)
            {
                // Too small, or no multiple of what the network takes: the next.
                refusal ??= $"the network does not take the typical {Sides(size)} ({exception.Message.ReplaceLineEndings(" ")})";
            }
        }

        shapes = null;
        return $"all convolutions are direct: the network takes neither 512x512 nor 1024x1024 to choose algorithms for, and {refusal}";

        static string Sides(Size2D size) => FormattableString.Invariant($"{size.Height}x{size.Width}");
    }

    private static IReadOnlyList<ConvolutionAlgorithm> Algorithms(ModelGraph graph, KernelSet kernels, GraphNode node)
    {
        if (node.Operation is not Convolution convolution)
        {
            return [ConvolutionAlgorithm.Direct];
        }

        return kernels.AlgorithmsFor(
            LayerPreparation.GeometryOf(convolution),
            node.Inputs[0].Channels,
            convolution.OutChannels,
            LayerPreparation.ReadsPlanar(graph, kernels, node, convolution));
    }

    private static double Cost(GraphNode node, ConvolutionAlgorithm algorithm, GraphShapes shapes, KernelSet kernels)
    {
        TensorShape output = shapes[node.Output];
        return ConvolutionCost.Estimate(
            algorithm, node.Inputs[0].Channels, output.Channels, output.Height, output.Width, kernels.Block);
    }
}
