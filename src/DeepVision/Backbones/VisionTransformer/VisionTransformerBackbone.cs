using System.Numerics;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Backbones;

/// <summary>
/// The network that a <see cref="VisionTransformerSpec"/> describes, with torchvision's parameter names
/// (<c>encoder.layers.encoder_layer_0.ln_1.weight</c>).
/// </summary>
internal sealed class VisionTransformerBackbone : Backbone
{
    private readonly VisionTransformerSpec _spec;

    /// <summary>Creates the backbone.</summary>
    /// <exception cref="ModelBuildException">The spec describes no network; the message says what it holds.</exception>
    public VisionTransformerBackbone(VisionTransformerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentNullException.ThrowIfNull(spec.Name);
        if (spec.PatchSize < 1 || spec.Depth < 1 || spec.Width < 1 || spec.Heads < 1 || spec.HiddenWidth < 1 || spec.InputChannels < 1
            || spec.Width % spec.Heads != 0 || spec.ImageSize.Height < 1 || spec.ImageSize.Width < 1
            || spec.ImageSize.Height % spec.PatchSize != 0 || spec.ImageSize.Width % spec.PatchSize != 0)
        {
            throw new ModelBuildException(
                "A Vision Transformer needs at least one layer, channel and head, heads that divide its width, and an image of whole "
                + $"patches; found {spec.Depth} layers of width {spec.Width} with {spec.Heads} heads, hidden width {spec.HiddenWidth}, patches "
                + $"of {spec.PatchSize} pixels, an image of {spec.ImageSize} with {spec.InputChannels} channels.")
            {
                Component = spec.Name,
            };
        }

        _spec = spec;
        Features = BitOperations.IsPow2(spec.PatchSize) ? [FeatureInfo.BackboneMap(BitOperations.Log2((uint)spec.PatchSize), spec.Width)] : [];
        ClassifierFeature = FeatureInfo.Vector("class_token", spec.Width);
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    /// <inheritdoc/>
    public override int InputChannels => _spec.InputChannels;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override FeatureInfo ClassifierFeature { get; }

    /// <inheritdoc/>
    public override Size2D? ImageSize => _spec.ImageSize;

    /// <inheritdoc/>
    public override string ClassifierPath => "heads.head";

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        GraphValue patches = scope.Convolution("conv_proj", image, new Convolution
        {
            OutChannels = _spec.Width,
            Kernel = _spec.PatchSize,
            Stride = _spec.PatchSize,
            HasBias = true,
            WeightInitializer = Initializer.Normal(1 / MathF.Sqrt(image.Channels * _spec.PatchSize * _spec.PatchSize)),
            BiasInitializer = Initializer.Zero,
        });

        // (N, C, H, W) -> (N, C, 1 + H * W, 1)
        GraphValue value = scope.Add("class_token", new MapToTokens(), patches);
        GraphScope encoder = scope.Enter("encoder");
        int tokens = 1 + (_spec.ImageSize.Height / _spec.PatchSize * (_spec.ImageSize.Width / _spec.PatchSize));
        value = encoder.Add("pos_embedding", new AddPositions { Tokens = tokens }, value);
        value = Drop(encoder, "dropout", value);
        for (int layer = 0; layer < _spec.Depth; layer++)
        {
            value = BuildLayer(encoder.Enter($"layers.encoder_layer_{layer}"), value);
        }

        value = encoder.Normalize("ln", value, _spec.Normalization);
        GraphValue token = scope.Add("take_class_token", new TakeToken(), value);
        return Features.Count == 0 ? [token] : [scope.Add("map", new TokensToMap(), value, patches), token];
    }

    /// <summary>The perceptron's layers had names of their own before torchvision 0.13: <c>mlp.linear_1.weight</c>.</summary>
    public override IEnumerable<KeyRename> FormerKeys() =>
        from layer in Enumerable.Range(0, _spec.Depth)
        let path = $"encoder.layers.encoder_layer_{layer}.mlp"
        from parameter in (string[])["weight", "bias"]
        from rename in (KeyRename[])
        [
            new($"{path}.linear_1.{parameter}", $"{path}.0.{parameter}"),
            new($"{path}.linear_2.{parameter}", $"{path}.3.{parameter}"),
        ]
        select rename;

    private GraphValue BuildLayer(GraphScope scope, GraphValue input)
    {
        GraphValue value = scope.Normalize("ln_1", input, _spec.Normalization);
        value = scope.Add("self_attention", new SelfAttention { Heads = _spec.Heads }, value);
        value = Drop(scope, "dropout", value);
        GraphValue attended = scope.Add("add_attention", new Add(), value, input);

        GraphScope perceptron = scope.Enter("mlp");
        value = scope.Normalize("ln_2", attended, _spec.Normalization);
        value = perceptron.Add("0", Project(_spec.Width, _spec.HiddenWidth), value);
        value = perceptron.Activate("1", value, _spec.Activation);
        value = Drop(perceptron, "2", value);
        value = perceptron.Add("3", Project(_spec.HiddenWidth, _spec.Width), value);
        value = Drop(perceptron, "4", value);
        return scope.Add("add_perceptron", new Add(), attended, value);
    }

    private GraphValue Drop(GraphScope scope, string name, GraphValue input) =>
        _spec.Dropout == 0 ? input : scope.Add(name, new Dropout { Probability = _spec.Dropout }, input);

    private static Linear Project(int from, int to) => new()
    {
        InFeatures = from,
        OutFeatures = to,
        WeightInitializer = new UniformInitializer(MathF.Sqrt(6f / (from + to))), // Xavier's
        BiasInitializer = Initializer.Normal(1e-6f),
    };
}
