using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Models;

/// <summary>What a model costs for one input size, layer by layer.</summary>
public sealed class ModelCost
{
    private ModelCost(string model, TensorShape input, IReadOnlyList<LayerCost> layers)
    {
        Model = model;
        Input = input;
        Layers = layers;
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The image tensor's shape.</summary>
    public TensorShape Input { get; }

    /// <summary>All layers of all stages, in the order in which they run.</summary>
    public IReadOnlyList<LayerCost> Layers { get; }

    /// <summary>Learned elements.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Multiply-adds of all stages; a stage behind a host step counts with its largest input.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Counts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="height">The image tensor's height; null for the only one that the model takes, 224 where it takes any.</param>
    /// <param name="width">The image tensor's width; null for the only one that the model takes, 224 where it takes any.</param>
    /// <exception cref="ModelBuildException">The network does not take images of this size.</exception>
    public static ModelCost Of(VisionModel model, int? height = null, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        TensorShape input = model.InputOf(1, height, width);
        var counted = new HashSet<Parameter>();
        return new ModelCost(model.Name, input, [.. model.Stages.SelectMany(stage => Count(stage, stage.Step?.TypicalInput(input) ?? input, counted))]);
    }

    /// <summary>The costs by the first parts of the layers' names, like <c>backbone.body.layer1</c>: the model from far away.</summary>
    /// <param name="depth">How many parts of a name are kept; at least 1.</param>
    public IReadOnlyList<CostGroup> GroupBy(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        return
        [
            .. Layers
                .GroupBy(layer => string.Join('.', layer.Name.Split('@')[0].Split('.').Take(depth)))
                .Select(group => new CostGroup(group.Key, group.Sum(layer => layer.Parameters), group.Sum(layer => layer.MultiplyAdds)))
                .Where(group => group.Parameters > 0 || group.MultiplyAdds > 0),
        ];
    }

    private static IEnumerable<LayerCost> Count(ModelStage stage, TensorShape input, HashSet<Parameter> counted)
    {
        GraphShapes shapes = stage.Graph.InferShapes(input);
        foreach ((int index, GraphNode node) in stage.Graph.Nodes.Index())
        {
            long parameters = node.Parameters
                .Where(parameter => parameter.Kind == ParameterKind.Parameter && counted.Add(parameter))
                .Sum(parameter => parameter.Shape.ElementCount);
            yield return new LayerCost(
                stage.Name, node.Name, node.Operation.Describe(), shapes[node.Output], parameters, shapes.MultiplyAddsOf(index));
        }
    }
}
