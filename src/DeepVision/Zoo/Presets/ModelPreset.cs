using DeepVision.Graphs;

namespace DeepVision.Zoo;

/// <summary>A published architecture under its torchvision name.</summary>
public sealed class ModelPreset
{
    private readonly Func<VisionModelBuilder, PresetParts, VisionModelBuilder> _configure;

    internal ModelPreset(
        string name,
        string description,
        IReadOnlyList<string> labels,
        Normalization normalization,
        Func<VisionModelBuilder, PresetParts, VisionModelBuilder> configure)
    {
        Name = name;
        Description = description;
        Labels = labels;
        BackboneNormalization = normalization;
        _configure = configure;
    }

    /// <summary>The name, like <c>resnet50</c>.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; }

    /// <summary>The names of its classes, in index order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The normalization of its backbone, as its published weights have it.</summary>
    public Normalization BackboneNormalization { get; }

    /// <summary>A builder with the preset's parts; add weights and build it.</summary>
    /// <param name="options">What differs from the preset; null for nothing.</param>
    /// <exception cref="ArgumentException">The options state another number of classes than of labels.</exception>
    public VisionModelBuilder CreateBuilder(PresetOptions? options = null)
    {
        options ??= new PresetOptions();
        int classes = options.Classes ?? options.Labels?.Count ?? Labels.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1, nameof(options));
        if (options.Labels is { } labels && labels.Count != classes)
        {
            throw new ArgumentException($"The options state {classes} classes and {labels.Count} labels; state one of them, or as many of each.", nameof(options));
        }

        var parts = new PresetParts(classes, options.BackboneNormalization ?? BackboneNormalization);
        VisionModelBuilder builder = _configure(VisionModel.Create(), parts).WithName(Name);
        return (options.Labels ?? (classes == Labels.Count ? Labels : null)) is { } names ? builder.WithLabels(names) : builder;
    }

    /// <summary>Name and description.</summary>
    public override string ToString() => $"{Name}: {Description}";
}
