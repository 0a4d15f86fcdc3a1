using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>
/// Global pooling, an optional bottleneck layer, and one fully connected layer over the coarsest map; over a vector the
/// pooling falls away. Gives <c>logits</c> (N, Classes) and <c>embedding</c>, the vector that the last layer reads.
/// </summary>
public sealed record ClassificationHeadSpec
{
    /// <summary>How many classes; at least 1.</summary>
    public required int Classes { get; init; }

    /// <summary>What global pooling keeps. Default the mean.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Average;

    /// <summary>
    /// The normalization of the pooled features, as ConvNeXt has it; only layer norm takes vectors. Default none.
    /// </summary>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>The normalization's path in parameter names. Default <c>norm</c>; official models have others, like <c>classifier.0</c>.</summary>
    public string NormalizationPath { get; init; } = "norm";

    /// <summary>Length of a fully connected bottleneck before the last layer, which becomes the embedding. Default none.</summary>
    public int? BottleneckFeatures { get; init; }

    /// <summary>The bottleneck's path in parameter names. Default <c>bottleneck</c>; official models have others, like <c>classifier.0</c>.</summary>
    public string BottleneckPath { get; init; } = "bottleneck";

    /// <summary>What follows the bottleneck. Default ReLU.</summary>
    public Activation BottleneckActivation { get; init; } = Activation.Relu;

    /// <summary>The chance that a value of the embedding is dropped in training. Default 0.</summary>
    public float Dropout { get; init; }

    /// <summary>
    /// What logits are divided by: above 1 the probabilities come closer together, below 1 they move apart. Default 1.
    /// </summary>
    public float Temperature { get; init; } = 1;

    /// <summary>
    /// How the weights of its layers start; their biases are then 0. Default null: weights and biases as those of PyTorch's linear
    /// layers.
    /// </summary>
    public Initializer? WeightInitializer { get; init; }

    /// <summary>The last layer's path in parameter names. Default null: that of the backbone's official classifier, like <c>fc</c>.</summary>
    public string? Path { get; init; }
}
