using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Heads;

namespace DeepVision.Torch.Components;

/// <summary>
/// A user's own TorchSharp module as head: from the features before it, as an array, to raw outputs that a task decodes. What it
/// states is checked by a probe run when the model is built. Only the TorchSharp runtime can run it.
/// </summary>
public sealed class TorchHead : Head
{
    private readonly IReadOnlyList<FeatureInfo> _outputs;
    private readonly VisionTask _task;
    private readonly Func<IReadOnlyList<FeatureInfo>, TorchModuleFactory> _create;

    /// <summary>Takes a module.</summary>
    /// <param name="name">The name for messages and summaries.</param>
    /// <param name="outputs">The raw outputs under the task's names, in the module's order: vectors like <c>logits</c>, or maps.</param>
    /// <param name="task">How they become answers.</param>
    /// <param name="create">The module for the features that it gets.</param>
    public TorchHead(
        string name, IReadOnlyList<FeatureInfo> outputs, VisionTask task, Func<IReadOnlyList<FeatureInfo>, TorchModuleFactory> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(create);
        Name = name;
        _outputs = [.. outputs];
        _task = task;
        _create = create;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override WeightLayout Layout => _task is ClassificationTask ? WeightLayout.Classifier : WeightLayout.Detector;

    /// <inheritdoc/>
    public override void Connect(IReadOnlyList<FeatureInfo> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0)
        {
            FeatureRequirements.Fail("a feature map or a vector", features);
        }
    }

    /// <inheritdoc/>
    public override HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        FeatureInfo[] given = [.. features.Select(feature => feature.Info)];
        TorchModuleFactory factory = _create(given);
        int side = ModuleProbe.SideFor(given.Concat(_outputs));
        ModuleProbe.Check($"Head '{Name}'", factory, [.. given.Select(info => ModuleProbe.ShapeOf(info, side))], _outputs, side);
        IReadOnlyList<GraphValue> values =
            ModuleNodes.Add(scope, TorchBackbone.ModuleName, factory, _outputs, given[0].Level, [.. features.Select(feature => feature.Value)]);
        return new HeadOutputs([.. _outputs.Zip(values, (output, value) => new GraphOutput(output.Name, value))], _task);
    }
}
