using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Necks;

/// <summary>
/// The context modules that an <see cref="SshSpec"/> describes, with the PyTorch RetinaFace's names: <c>ssh1.conv3X3</c> and so on,
/// counted from the finest map.
/// </summary>
internal sealed class SshNeck : Neck
{
    private const int Branches = 4;

    private readonly SshSpec _spec;

    /// <summary>Creates the neck.</summary>
    /// <exception cref="ModelBuildException">The channels are no positive multiple of 4.</exception>
    public SshNeck(SshSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        if (spec.Channels is { } channels && (channels < 1 || channels % Branches != 0))
        {
            throw new ModelBuildException($"SSH needs output channels in multiples of {Branches}; found {channels}.") { Component = "SSH" };
        }

        _spec = spec;
    }

    /// <inheritdoc/>
    public override string Name => "SSH";

    /// <summary>Empty: the modules stand beside the other parts.</summary>
    public override string ScopeName => "";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        if (_spec.Channels is null && features.Any(feature => feature.Channels % Branches != 0))
        {
            FeatureRequirements.Fail($"maps with channels in multiples of {Branches}", features);
        }

        return [.. features.Select(feature => feature.ToNeckMap(_spec.Channels))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(features);
        return [.. features.Select((feature, i) => BuildModule(scope.Enter($"ssh{i + 1}"), feature.Value))];
    }

    // The names' X and x are those of the checkpoints.
    private GraphValue BuildModule(GraphScope scope, GraphValue input)
    {
        int channels = _spec.Channels ?? input.Channels;
        int quarter = channels / Branches;
        GraphValue near = Convolve(scope.Enter("conv3X3"), input, channels / 2, Activation.Identity);
        GraphValue shared = Convolve(scope.Enter("conv5X5_1"), input, quarter, _spec.Activation);
        GraphValue middle = Convolve(scope.Enter("conv5X5_2"), shared, quarter, Activation.Identity);
        GraphValue wide = Convolve(scope.Enter("conv7X7_2"), shared, quarter, _spec.Activation);
        wide = Convolve(scope.Enter("conv7x7_3"), wide, quarter, Activation.Identity);
        return scope.Activate("relu", scope.Add("concatenate", new Concatenate(), near, middle, wide), Activation.Relu);
    }

    private GraphValue Convolve(GraphScope scope, GraphValue input, int channels, Activation activation)
    {
        GraphValue value = scope.Convolution(
            "0", input, new Convolution { OutChannels = channels, Kernel = 3, Padding = 1, HasBias = _spec.Normalization.IsNone });
        value = scope.Normalize("1", value, _spec.Normalization);
        return scope.Activate("2", value, activation);
    }
}
