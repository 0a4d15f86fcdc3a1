using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Models;

/// <summary>
/// Turns chosen components into one graph: tells each what the one before promises, lets each write its nodes, and holds
/// them to their promises.
/// </summary>
internal sealed class ModelComposition
{
    private readonly string _name;
    private readonly Backbone _backbone;
    private readonly IReadOnlyList<Neck> _necks;
    private readonly Head? _head;
    private readonly List<FeatureMap> _allFeatures = [];
    private readonly List<ComponentPath> _paths = [];
    private readonly Dictionary<Parameter, ModelComponent> _owners = [];

    internal ModelComposition(string name, Backbone backbone, IReadOnlyList<Neck> necks, Head? head)
    {
        _name = name;
        _backbone = backbone;
        _necks = necks;
        _head = head;
    }

    internal IReadOnlyList<ComponentPath> Paths => _paths;

    /// <summary>The component that declared each parameter.</summary>
    internal IReadOnlyDictionary<Parameter, ModelComponent> Owners => _owners;

    /// <summary>Old keys to new ones, both with full paths.</summary>
    internal Dictionary<string, string> FormerKeys { get; } = [];

    /// <summary>The path that the backbone's official classifier has before its feature layers.</summary>
    internal string FeaturesPath => _backbone.FeaturesPath;

    /// <summary>The only size of images that the backbone takes; null for any.</summary>
    internal Size2D? ImageSize => _backbone.ImageSize;

    internal VisionTask Task { get; private set; } = new FeatureTask();

    internal IReadOnlyList<ModelStage> Build(IReadOnlyList<string> labels, IReadOnlyList<string> taps)
    {
        Connect();
        var builder = new GraphBuilder(_name);
        GraphValue image = builder.Input("image", _backbone.InputChannels);
        IReadOnlyList<FeatureMap> features = BuildBackbone(builder, image);
        foreach ((int index, Neck neck) in _necks.Index())
        {
            features = BuildNeck(builder, neck, PathOfNeck(index), features);
        }

        IReadOnlyList<HeadStage> further = AddOutputs(builder, image, features, labels, taps);
        ModelGraph graph = builder.Build();
        CheckStrides(graph);
        return [new ModelStage("main", graph), .. further.Select(BuildStage)];
    }

    // All parts are asked before anything is built, so that a chain that does not fit fails here and names both parts.
    private void Connect()
    {
        IReadOnlyList<FeatureInfo> features = _backbone.Features;
        string upstream = _backbone.Name;
        foreach (Neck neck in _necks)
        {
            features = Ask(neck.Name, upstream, () => Connect(neck, features));
            upstream = neck.Name;
        }

        if (_head is not null)
        {
            IReadOnlyList<FeatureInfo> read = With(features, ClassifierFeature);
            Ask(_head.Name, upstream, () =>
            {
                _head.Connect(read);
                return read;
            });
        }
    }

    // What is short or rounded down stays so: a neck need not know of it.
    private IReadOnlyList<FeatureInfo> Connect(Neck neck, IReadOnlyList<FeatureInfo> features)
    {
        IReadOnlyList<FeatureInfo> outputs = neck.Connect(features, _head?.WantedLevels);
        int missing = features.Select(feature => feature.MissingPixels).DefaultIfEmpty().Max();
        bool roundsDown = features.Any(feature => feature.RoundsDown);
        return
        [
            .. outputs.Select(output => output.Kind == FeatureKind.Map
                ? output with { MissingPixels = Math.Max(output.MissingPixels, missing), RoundsDown = output.RoundsDown || roundsDown }
                : output),
        ];
    }

    private static IReadOnlyList<FeatureInfo> Ask(string component, string upstream, Func<IReadOnlyList<FeatureInfo>> connect)
    {
        try
        {
            return connect();
        }
        catch (ModelBuildException exception)
        {
            throw new ModelBuildException($"{component} does not fit {upstream}: {exception.Message}.", exception)
            {
                Component = component,
                Upstream = upstream,
            };
        }
    }

    private IReadOnlyList<FeatureMap> BuildBackbone(GraphBuilder builder, GraphValue image)
    {
        string path = WeightLayout.Join(Layout.BackbonePath, Layout.KeepsFeaturesPath ? _backbone.FeaturesPath : "");
        _paths.Add(new ComponentPath(ModelComponent.Backbone, _backbone.Name, path));
        AddFormerKeys(path, _backbone.FormerKeys());
        IReadOnlyList<GraphValue> values = _backbone.Build(builder.Root.Enter(path), image);
        Claim(builder, ModelComponent.Backbone);
        IReadOnlyList<FeatureMap> features = Promise(_backbone.Name, With(_backbone.Features, _backbone.ClassifierFeature), values);
        return ClassifierFeature is null ? [.. features.Take(_backbone.Features.Count)] : features;
    }

    private IReadOnlyList<FeatureMap> BuildNeck(GraphBuilder builder, Neck neck, string path, IReadOnlyList<FeatureMap> inputs)
    {
        _paths.Add(new ComponentPath(ModelComponent.Neck, neck.Name, path));
        FeatureInfo[] infos = [.. inputs.Select(input => input.Info)];
        LevelRange? wanted = _head?.WantedLevels;
        AddFormerKeys(path, neck.FormerKeys(infos, wanted));
        IReadOnlyList<GraphValue> values = neck.Build(builder.Root.Enter(path), inputs, wanted);
        Claim(builder, ModelComponent.Neck);
        return Promise(neck.Name, Connect(neck, infos), values);
    }

    private IReadOnlyList<HeadStage> AddOutputs(
        GraphBuilder builder, GraphValue image, IReadOnlyList<FeatureMap> features, IReadOnlyList<string> labels, IReadOnlyList<string> taps)
    {
        var given = new List<GraphOutput>();
        IReadOnlyList<HeadStage> further = [];
        if (_head is null)
        {
            foreach (FeatureMap feature in taps.Count == 0 ? features : [])
            {
                given.Add(new GraphOutput(feature.Info.Name, feature.Value));
            }
        }
        else
        {
            string path = Layout.HeadPath;
            _paths.Add(new ComponentPath(ModelComponent.Head, _head.Name, path));
            AddFormerKeys(path, _head.FormerKeys());
            var context = new HeadContext { ClassifierPath = _backbone.ClassifierPath, Image = image, Labels = labels };
            HeadOutputs outputs = _head.Build(builder.Root.Enter(path), features, context);
            Claim(builder, ModelComponent.Head);
            Task = outputs.Task;
            given.AddRange(outputs.Outputs);
            further = outputs.Stages;
        }

        foreach (string tap in taps)
        {
            // A neck may pass a map on under its name; the last one stands for it.
            FeatureMap feature = _allFeatures.LastOrDefault(feature => feature.Info.Name == tap)
                ?? throw new ModelBuildException(
                    $"There is no feature '{tap}' to tap; there are {string.Join(", ", _allFeatures.Select(f => f.Info.Name).Distinct())}.");
            given.Add(new GraphOutput(tap, feature.Value));
        }

        // A head may give a map that is tapped as well.
        foreach (GraphOutput output in given.Distinct())
        {
            builder.Output(output.Name, output.Value);
        }

        return further;
    }

    private ModelStage BuildStage(HeadStage stage)
    {
        var builder = new GraphBuilder($"{_name} ({stage.Name})");
        GraphValue input = builder.Input(stage.Name, stage.InputChannels);
        foreach (GraphOutput output in stage.Build(builder.Root.Enter(Layout.HeadPath), input))
        {
            builder.Output(output.Name, output.Value);
        }

        Claim(builder, ModelComponent.Head);
        return new ModelStage(stage.Name, builder.Build()) { Step = stage.Step };
    }

    private void Claim(GraphBuilder builder, ModelComponent component)
    {
        foreach (Parameter parameter in builder.DeclaredParameters)
        {
            _owners.TryAdd(parameter, component);
        }
    }

    private IReadOnlyList<FeatureMap> Promise(string component, IReadOnlyList<FeatureInfo> infos, IReadOnlyList<GraphValue> values)
    {
        if (infos.Count != values.Count)
        {
            throw new ModelBuildException($"{component} promised {infos.Count} features ({string.Join(", ", infos)}) and built {values.Count}.")
            {
                Component = component,
            };
        }

        FeatureMap[] features = [.. infos.Zip(values, (info, value) => new FeatureMap(info, value))];
        foreach (FeatureMap feature in features)
        {
            int rank = feature.Info.Kind == FeatureKind.Map ? 4 : 2;
            if (feature.Value.Rank != rank || feature.Value.Channels != feature.Info.Channels)
            {
                throw new ModelBuildException(
                    $"{component} promised {feature.Info}; '{feature.Value.Name}' has {feature.Value.Channels} channels and rank {feature.Value.Rank}.")
                {
                    Component = component,
                };
            }
        }

        _allFeatures.AddRange(features);
        return features;
    }

    private void CheckStrides(ModelGraph graph)
    {
        FeatureMap[] maps = [.. _allFeatures.Where(feature => feature.Info.Kind == FeatureKind.Map)];
        if (maps.Length == 0)
        {
            return;
        }

        // Only what the maps need: a head may take images of one other size.
        HashSet<GraphValue> needed = [.. maps.Select(map => map.Value)];
        var nodes = new List<GraphNode>();
        foreach (GraphNode node in graph.Nodes.Reverse().Where(node => needed.Contains(node.Output)))
        {
            nodes.Insert(0, node);
            needed.UnionWith(node.Inputs);
        }

        // Large enough that a map has pixels left where some are missing.
        Size2D size = _backbone.ImageSize ?? Math.Max(64, maps.Max(map => map.Info.Stride * (2 + map.Info.MissingPixels)));
        HashSet<GraphValue> kept = [.. nodes.Select(node => node.Output)];
        GraphOutput[] outputs = [.. maps.Where(map => kept.Contains(map.Value)).Select(map => new GraphOutput(map.Info.Name, map.Value))];
        GraphShapes shapes = new ModelGraph(_name, graph.Inputs, nodes, outputs).InferShapes(
            new TensorShape(1, _backbone.InputChannels, size.Height, size.Width));
        foreach (FeatureMap map in maps.Where(map => kept.Contains(map.Value)))
        {
            TensorShape found = shapes[map.Value];
            int stride = map.Info.Stride;
            var expected = new Size2D((size.Height + stride - 1) / stride, (size.Width + stride - 1) / stride);
            int missingRows = expected.Height - found.Height;
            int missingColumns = expected.Width - found.Width;
            if (Math.Min(missingRows, missingColumns) < 0 || Math.Max(missingRows, missingColumns) > map.Info.MissingPixels)
            {
                throw new ModelBuildException(
                    $"{map.Info} of '{_name}' should be {expected} pixels for an image of {size}; "
                    + $"'{map.Value.Name}' has {found.Height} x {found.Width}.")
                {
                    Component = map.Value.Name,
                };
            }
        }
    }

    private void AddFormerKeys(string path, IEnumerable<KeyRename> renames)
    {
        string prefix = path.Length == 0 ? "" : path + ".";
        foreach (KeyRename rename in renames)
        {
            FormerKeys.TryAdd(prefix + rename.Former, prefix + rename.Current);
        }
    }

    // What the head is given beyond the backbone's features; only a classifier, and nothing between them.
    private FeatureInfo? ClassifierFeature =>
        _necks.Count == 0 && _head is { ReadsClassifierFeature: true } ? _backbone.ClassifierFeature : null;

    private static IReadOnlyList<FeatureInfo> With(IReadOnlyList<FeatureInfo> features, FeatureInfo? last) =>
        last is null ? features : [.. features, last];

    private WeightLayout Layout => _head?.Layout ?? WeightLayout.Classifier;

    private string PathOfNeck(int index)
    {
        string name = _necks[index].ScopeName;
        int before = _necks.Take(index).Count(neck => neck.ScopeName == name);
        string path = before == 0 ? name : $"{name}{before + 1}";
        return WeightLayout.Join(Layout.NeckPath, path);
    }
}
