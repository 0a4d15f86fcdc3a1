using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Torch.Components;

/// <summary>
/// A user's own TorchSharp module as neck: from the features before it, as an array, to its own. What it states is checked by a
/// probe run when the model is built. Only the TorchSharp runtime can run it.
/// </summary>
public sealed class TorchNeck : Neck
{
    private readonly Func<IReadOnlyList<FeatureInfo>, IReadOnlyList<FeatureInfo>> _connect;
    private readonly Func<IReadOnlyList<FeatureInfo>, TorchModuleFactory> _create;

    /// <summary>Takes a module.</summary>
    /// <param name="name">The name for messages and summaries.</param>
    /// <param name="connect">What it gives for what it gets, both from fine to coarse.</param>
    /// <param name="create">The module for what it gets.</param>
    public TorchNeck(
        string name,
        Func<IReadOnlyList<FeatureInfo>, IReadOnlyList<FeatureInfo>> connect,
        Func<IReadOnlyList<FeatureInfo>, TorchModuleFactory> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(create);
        Name = name;
        _connect = connect;
        _create = create;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string ScopeName => "neck";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        return _connect(features);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        FeatureInfo[] given = [.. features.Select(feature => feature.Info)];
        IReadOnlyList<FeatureInfo> promised = _connect(given);
        TorchModuleFactory factory = _create(given);
        int side = ModuleProbe.SideFor(given.Concat(promised));
        ModuleProbe.Check($"Neck '{Name}'", factory, [.. given.Select(info => ModuleProbe.ShapeOf(info, side))], promised, side);
        return ModuleNodes.Add(scope, TorchBackbone.ModuleName, factory, promised, given[0].Level, [.. features.Select(feature => feature.Value)]);
    }
}
