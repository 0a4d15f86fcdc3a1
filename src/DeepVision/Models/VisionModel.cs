using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Weights;

namespace DeepVision;

/// <summary>
/// A composed network with its weights, its preprocessing and the decoding of its outputs. It runs nowhere by itself: an
/// engine compiles it, as <c>CompileForCpu</c> does. Immutable and thread-safe. It owns its weight files: dispose it when no
/// engine has to be compiled any more; what has been compiled goes on working.
/// </summary>
public sealed class VisionModel : IDisposable
{
    internal VisionModel(string name, IReadOnlyList<ModelStage> stages, ModelWeights weights, ModelComposition composition)
    {
        Name = name;
        Stages = stages;
        Weights = weights;
        Task = composition.Task;
        Components = composition.Paths;
        FormerKeys = composition.FormerKeys;
        ImageSize = composition.ImageSize;
    }

    private VisionModel(VisionModel other, ModelWeights weights)
    {
        Name = other.Name;
        Stages = other.Stages;
        Weights = weights;
        Task = other.Task;
        Components = other.Components;
        FormerKeys = other.FormerKeys;
        ImageSize = other.ImageSize;
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>The graphs, in the order in which they run; one for single-stage models.</summary>
    public IReadOnlyList<ModelStage> Stages { get; }

    /// <summary>The values of all parameters, and what became of each file.</summary>
    public ModelWeights Weights { get; }

    /// <summary>How raw outputs become answers.</summary>
    public VisionTask Task { get; }

    /// <summary>The parts, from backbone to head, with their paths in parameter names.</summary>
    public IReadOnlyList<ComponentPath> Components { get; }

    /// <summary>How images become tensors.</summary>
    public required ImagePreprocessing Preprocessing { get; init; }

    /// <summary>The only size of images that its backbone takes, as a transformer's learned positions fix it; null for any.</summary>
    public Size2D? ImageSize { get; }

    /// <summary>Class names in index order.</summary>
    public IReadOnlyList<string> Labels => Task.Labels;

    /// <summary>The first stage's graph; the whole model where there is one stage.</summary>
    public ModelGraph Graph => Stages[0].Graph;

    /// <summary>Every parameter of all stages once, in the order of first use.</summary>
    public IEnumerable<Parameter> Parameters => Stages.SelectMany(stage => stage.Graph.Parameters);

    /// <summary>Learned elements of all stages.</summary>
    public long ParameterCount => Stages.Sum(stage => stage.Graph.ParameterCount);

    /// <summary>Starts a model: take a backbone, necks if any, and a head.</summary>
    public static VisionModelBuilder Create() => new();

    /// <summary>Layers, shapes, parameters, multiply-adds and memory as a table, for an input of a given size.</summary>
    /// <param name="height">The input tensor's height; null for the only one that the model takes, 224 where it takes any.</param>
    /// <param name="width">The input tensor's width; null for the only one that the model takes, 224 where it takes any.</param>
    /// <param name="batch">Images in a batch.</param>
    /// <exception cref="ModelBuildException">The network does not take images of this size.</exception>
    public string Summary(int? height = null, int? width = null, int batch = 1) =>
        ModelSummary.Write(this, InputOf(batch, height, width));

    /// <summary>Closes the weight files.</summary>
    public void Dispose() => Weights.Dispose();

    /// <summary>The input for images of a size; what is not given is <see cref="ImageSize"/>'s, or 224.</summary>
    internal TensorShape InputOf(int batch, int? height, int? width)
    {
        Size2D size = ImageSize ?? 224;
        return new TensorShape(batch, Graph.Inputs[0].Channels, height ?? size.Height, width ?? size.Width);
    }

    /// <summary>Names that older checkpoints use, to those of now.</summary>
    internal IReadOnlyDictionary<string, string> FormerKeys { get; }

    /// <summary>The same model with other values, which it owns.</summary>
    internal VisionModel WithWeights(ModelWeights weights) => new(this, weights) { Preprocessing = Preprocessing };

    /// <summary>The key under which a file has a parameter: its own, or the one that an older checkpoint uses.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="prefix">What stands before the file's keys.</param>
    internal string KeyIn(WeightFile file, string parameter, string prefix = "") =>
        prefix + (file.Tensors.ContainsKey(prefix + parameter)
            ? parameter
            : FormerKeys.FirstOrDefault(pair => pair.Value == parameter && file.Tensors.ContainsKey(prefix + pair.Key)).Key ?? parameter);

    /// <summary>The name and the task.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Task.Describe()}, {ParameterCount:N0} parameters");
}
