using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// The algorithm of each convolution, chosen once when a graph is compiled: by a model of the costs for a typical input, or as a
/// tuning says. All layers that share weights get the same one, so that weights are packed once. Other inputs run with the same
/// algorithms.
/// </summary>
internal sealed class AlgorithmChoice
{
    private readonly Dictionary<GraphNode, ConvolutionAlgorithm> _chosen = [];

    private AlgorithmChoice(string reason, IReadOnlyList<TunableLayer> layers)
    {
        Reason = reason;
        Layers = layers;
    }

    /// <summary>What the choice was made by, in a line; empty where nothing was to choose.</summary>
    internal string Reason { get; }

    /// <summary>The layers that have a choice, in the order in which they run.</summary>
    internal IReadOnlyList<TunableLayer> Layers { get; }

    internal ConvolutionAlgorithm this[GraphNode node] => _chosen.GetValueOrDefault(node, ConvolutionAlgorithm.Direct);

    /// <summary>Chooses for all convolutions of a graph, as the options say.</summary>
    /// <param name="graph">The graph, prepared for inference.</param>
    /// <param name="kernels">What there is to choose from.</param>
    /// <param name="typicalInput">
    /// The first input that the choice is made for, the others being as large; null for an image of 224 x 224. A graph that does not take it gets the choice for a
    /// larger image, and all direct where it takes none of those either.
    /// </param>
    /// <param name="options">Exact math, or a tuning, if any.</param>
    /// <exception cref="ArgumentException">The options have both, or a tuning that does not fit; the message says why.</exception>
    internal static AlgorithmChoice For(ModelGraph graph, KernelSet kernels, TensorShape? typicalInput, CpuOptions options)
    {
        IReadOnlyList<TunableLayer> layers = TunableLayer.FindAll(graph, kernels);
        if (options.Tuning is { } tuning)
        {
            return Tuned(graph, kernels, layers, tuning, options.ExactMath);
        }

        return options.ExactMath ? new AlgorithmChoice("all convolutions are direct, since exact math was asked for", layers)
            : layers.Count == 0 ? new AlgorithmChoice("", layers)
            : ByCost(graph, kernels, layers, typicalInput);
    }

    /// <summary>One algorithm wherever there is a choice that has it, to time it.</summary>
    internal static AlgorithmChoice Preferring(ModelGraph graph, KernelSet kernels, ConvolutionAlgorithm algorithm)
    {
        IReadOnlyList<TunableLayer> layers = TunableLayer.FindAll(graph, kernels);
        return new AlgorithmChoice($"algorithms are {algorithm} wherever there is a choice", layers)
            .Set(layer => layer.Algorithms.Contains(algorithm) ? algorithm : ConvolutionAlgorithm.Direct);
    }

    private static AlgorithmChoice Tuned(
        ModelGraph graph, KernelSet kernels, IReadOnlyList<TunableLayer> layers, CpuTuning tuning, bool exactMath)
    {
        if (exactMath)
        {
            throw new ArgumentException(
                $"{nameof(CpuOptions.ExactMath)} keeps all convolutions direct, and {nameof(CpuOptions.Tuning)} says what they are: give one of them.");
        }

        if (tuning.InstructionSet != kernels.InstructionSet)
        {
            throw new ArgumentException(
                $"{nameof(CpuOptions.Tuning)} was made for {tuning.InstructionSet}, and this model is compiled for {kernels.InstructionSet}: "
                + $"tune it here, or compile it without {nameof(CpuOptions.Tuning)}.");
        }

        TunableLayer[] missing = [.. layers.Where(layer => !tuning.TryFind(layer.Path, out ConvolutionAlgorithm found) || !layer.Algorithms.Contains(found))];
        if (missing.Length > 0)
        {
            throw new ArgumentException(
                $"{nameof(CpuOptions.Tuning)} was made for '{tuning.Model}' and does not fit '{graph.Name}': it has nothing that suits {missing.Length} of "
                + $"{layers.Count} layers, the first being '{missing[0].Path}'. Tune this model with TuneForCpu.");
        }

        return new AlgorithmChoice(
            $"algorithms are those of the tuning {tuning.Identity}, timed on {tuning.Image.Height}x{tuning.Image.Width}", layers)
            .Set(layer => tuning.TryFind(layer.Path, out ConvolutionAlgorithm found) ? found : ConvolutionAlgorithm.Direct);
    }

    private static AlgorithmChoice ByCost(
        ModelGraph graph, KernelSet kernels, IReadOnlyList<TunableLayer> layers, TensorShape? typicalInput)
    {
        var choice = new AlgorithmChoice(FindShapes(graph, typicalInput, out GraphShapes? shapes), layers);
        return shapes is null
            ? choice
            : choice.Set(layer => layer.Algorithms.MinBy(algorithm => layer.Nodes.Sum(node => Cost(node, algorithm, shapes, kernels))));
    }

    private AlgorithmChoice Set(Func<TunableLayer, ConvolutionAlgorithm> choose)
    {
        foreach (TunableLayer layer in Layers)
        {
            ConvolutionAlgorithm algorithm = choose(layer);
            foreach (GraphNode node in layer.Nodes)
            {
                _chosen.Add(node, algorithm);
            }
        }

        return this;
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

    private static double Cost(GraphNode node, ConvolutionAlgorithm algorithm, GraphShapes shapes, KernelSet kernels)
    {
        TensorShape output = shapes[node.Output];
        return ConvolutionCost.Estimate(
            algorithm, node.Inputs[0].Channels, output.Channels, output.Height, output.Width, kernels.Block);
    }
}
