using DeepVision.Components;
using DeepVision.Graphs;

namespace DeepVision.Torch.Components;

/// <summary>
/// A user's own TorchSharp module as backbone. Its stated features are checked by a probe run when it is made. The module's
/// parameters stand under its path and <see cref="ModuleName"/> in state dicts; only the TorchSharp runtime can run it.
/// </summary>
public sealed class TorchBackbone : Backbone
{
    /// <summary>Where the module stands below the backbone's path.</summary>
    public const string ModuleName = "module";

    private readonly TorchModuleFactory _factory;

    /// <summary>Takes a module and probes it.</summary>
    /// <param name="name">The name for messages and summaries.</param>
    /// <param name="features">What it gives, from fine to coarse, in its order.</param>
    /// <param name="factory">Makes the module, from an image tensor to one tensor, or to one for each feature.</param>
    /// <param name="inputChannels">Channels of the image tensor. Default 3.</param>
    /// <exception cref="ModelBuildException">The module does not give what is stated; the message names the level, what was expected and found.</exception>
    public TorchBackbone(string name, IReadOnlyList<FeatureInfo> features, TorchModuleFactory factory, int inputChannels = 3)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputChannels, 1);
        Name = name;
        Features = [.. features];
        InputChannels = inputChannels;
        _factory = factory;
        int side = ModuleProbe.SideFor(Features);
        ModuleProbe.Check($"Backbone '{name}'", factory, [[1, inputChannels, side, side]], Features, side);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int InputChannels { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Features { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(image);
        return ModuleNodes.Add(scope, ModuleName, _factory, Features, inputLevel: 0, [image]);
    }
}
