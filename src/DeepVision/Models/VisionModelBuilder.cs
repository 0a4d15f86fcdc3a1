using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Preprocessing;
using DeepVision.Weights;

namespace DeepVision;

/// <summary>
/// Composes a backbone, necks and a head into a <see cref="VisionModel"/>. It knows no architecture: each brings an extension
/// method of its own (<c>UseResNet</c>, <c>UseFpn</c>, <c>UseRetinaNet</c> ...). Single-use and not thread-safe.
/// </summary>
public sealed class VisionModelBuilder
{
    private readonly List<Neck> _necks = [];
    private readonly List<string> _taps = [];
    private readonly List<WeightRequest> _requests = [];
    private readonly List<WeightFile> _givenFiles = [];
    private Backbone? _backbone;
    private Head? _head;
    private string? _name;
    private IReadOnlyList<string> _labels = [];
    private ImagePreprocessing? _preprocessing;
    private ulong? _seed;
    private bool _built;

    internal VisionModelBuilder()
    {
    }

    /// <summary>Takes a backbone.</summary>
    /// <exception cref="InvalidOperationException">One has been taken.</exception>
    public VisionModelBuilder UseBackbone(Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        _backbone = _backbone is null
            ? backbone
            : throw new InvalidOperationException($"The model has a backbone, {_backbone.Name}; {backbone.Name} would be a second one.");
        return this;
    }

    /// <summary>Adds a neck behind the backbone and the necks so far.</summary>
    public VisionModelBuilder UseNeck(Neck neck)
    {
        ArgumentNullException.ThrowIfNull(neck);
        _necks.Add(neck);
        return this;
    }

    /// <summary>Takes a head. A model without one gives its features.</summary>
    /// <exception cref="InvalidOperationException">One has been taken.</exception>
    public VisionModelBuilder UseHead(Head head)
    {
        ArgumentNullException.ThrowIfNull(head);
        _head = _head is null
            ? head
            : throw new InvalidOperationException($"The model has a head, {_head.Name}; {head.Name} would be a second one.");
        return this;
    }

    /// <summary>Names the model. Default: the names of its parts.</summary>
    public VisionModelBuilder WithName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
        return this;
    }

    /// <summary>Names the classes, in index order. Default: <c>class 0</c> and so on.</summary>
    public VisionModelBuilder WithLabels(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        _labels = [.. labels];
        return this;
    }

    /// <summary>Says how images become tensors. Default: what the head's official models were trained with.</summary>
    public VisionModelBuilder WithPreprocessing(ImagePreprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        _preprocessing = preprocessing;
        return this;
    }

    /// <summary>Gives a feature to the caller as well, under its name.</summary>
    /// <param name="feature">C3, P5, or another feature of the backbone or a neck.</param>
    public VisionModelBuilder Tap(string feature)
    {
        ArgumentException.ThrowIfNullOrEmpty(feature);
        _taps.Add(feature);
        return this;
    }

    /// <summary>Loads weights for the whole model when it is built.</summary>
    /// <param name="path">A <c>.pth</c>, <c>.pt</c>, <c>.th</c> or <c>.safetensors</c> file; the content decides.</param>
    /// <param name="options">How strictly it has to fit. Default: every key, as PyTorch's <c>strict=True</c>.</param>
    public VisionModelBuilder LoadWeights(string path, WeightLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new WeightLoadOptions();
        Request(() => WeightFile.Open(path, options.File), component: null, options);
        return this;
    }

    /// <summary>
    /// Loads weights for one component when the model is built. Keys are taken with the component's path or without it, so
    /// an official classifier's file fits the backbone of a detector; keys of other parts are reported as unused. Several
    /// necks are loaded together, and only with their paths.
    /// </summary>
    /// <param name="component">Which part.</param>
    /// <param name="path">A <c>.pth</c>, <c>.pt</c>, <c>.th</c> or <c>.safetensors</c> file; the content decides.</param>
    /// <param name="options">How strictly it has to fit. Default: every key of the component.</param>
    public VisionModelBuilder LoadWeights(ModelComponent component, string path, WeightLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new WeightLoadOptions();
        Request(() => WeightFile.Open(path, options.File), component, options);
        return this;
    }

    /// <summary>Loads weights for the whole model from an open file. <see cref="Build"/> takes it over: the model
    /// closes it, or the build does where it fails.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="options">How strictly it has to fit. Default: every key.</param>
    public VisionModelBuilder LoadWeights(WeightFile file, WeightLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        Request(() => file, component: null, options ?? new WeightLoadOptions());
        _givenFiles.Add(file);
        return this;
    }

    /// <summary>
    /// Gives every parameter that no file gives the values that PyTorch's layers start with. Without it such a parameter is
    /// an error when the model is compiled.
    /// </summary>
    /// <param name="seed">The same seed gives the same values on every machine.</param>
    public VisionModelBuilder InitializeWeights(ulong seed = 0)
    {
        _seed = seed;
        return this;
    }

    /// <summary>Connects the parts, builds the graph and binds the weights.</summary>
    /// <returns>The model; dispose it to close its weight files.</returns>
    /// <exception cref="ModelBuildException">Parts are missing or do not fit; the message names both, and what was expected and found.</exception>
    /// <exception cref="WeightsException">A file cannot be read or does not fit; the message lists every difference.</exception>
    /// <exception cref="InvalidOperationException">The builder has been used.</exception>
    public VisionModel Build()
    {
        if (_built)
        {
            throw new InvalidOperationException("The builder has built its model; start a new one with VisionModel.Create().");
        }

        Backbone backbone = _backbone
            ?? throw new ModelBuildException("A model needs a backbone; call UseResNet, UseVgg or another Use... of a backbone before Build.");
        _built = true;
        string name = _name ?? string.Join(" + ", new[] { backbone.Name }.Concat(_necks.Select(n => n.Name)).Append(_head?.Name ?? "features"));
        ModelWeights? weights = null;
        try
        {
            var composition = new ModelComposition(name, backbone, _necks, _head);
            IReadOnlyList<ModelStage> stages = composition.Build(_labels, _taps);
            Parameter[] parameters = [.. stages.SelectMany(stage => stage.Graph.Parameters)];
            weights = new ModelWeights(parameters) { Seed = _seed };
            foreach (WeightRequest request in _requests)
            {
                WeightFile file = request.Open();
                weights.Own(file);
                WeightTarget target = WeightTargets.Find(request.Component, name, parameters, composition, file, request.Options.FilePrefix);
                weights.Add(WeightBinder.Bind(file, target, request.Options, weights));
            }

            return new VisionModel(name, stages, weights, composition)
            {
                Preprocessing = _preprocessing ?? composition.Task.DefaultPreprocessing,
            };
        }
        catch
        {
            weights?.Dispose();
            _givenFiles.ForEach(file => file.Dispose());
            throw;
        }
    }

    private void Request(Func<WeightFile> open, ModelComponent? component, WeightLoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.FilePrefix);
        ArgumentNullException.ThrowIfNull(options.File);
        _requests.Add(new WeightRequest(open, component, options));
    }

    private sealed record WeightRequest(Func<WeightFile> Open, ModelComponent? Component, WeightLoadOptions Options);
}
