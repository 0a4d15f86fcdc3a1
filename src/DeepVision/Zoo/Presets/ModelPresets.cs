using DeepVision.Weights;

namespace DeepVision.Zoo;

/// <summary>
/// All presets: one line for each architecture, whose folder holds what they are made of. Where torchvision has the model, name,
/// key set and numbers are torchvision's.
/// </summary>
public static class ModelPresets
{
    // A family is made when somebody asks for it: all of them take many times as long as one.
    private static readonly Func<IReadOnlyList<ModelPreset>>[] _families =
    [
        static () => ResNetPresets.All,
        static () => VggPresets.All,
        static () => MobileNetV2Presets.All,
        static () => MobileNetV3Presets.All,
        static () => SqueezeNetPresets.All,
        static () => ShuffleNetV2Presets.All,
        static () => DenseNetPresets.All,
        static () => RegNetPresets.All,
        static () => EfficientNetPresets.All,
        static () => ConvNeXtPresets.All,
        static () => VisionTransformerPresets.All,
        static () => RetinaNetPresets.All,
        static () => FcosPresets.All,
        static () => SsdPresets.All,
        static () => RetinaFacePresets.All,
        static () => FastestDetPresets.All,
        static () => FasterRcnnPresets.All,
        static () => FcnPresets.All,
        static () => DeepLabV3Presets.All,
        static () => LrasppPresets.All,
        static () => YoloxPresets.All,
        static () => CifarResNetPresets.All,
        static () => [FashionPresets.Classifier, FashionPresets.Detector],
    ];

    private static readonly Lazy<IReadOnlyList<ModelPreset>> _all = new(static () => [.. _families.SelectMany(family => family())]);

    /// <summary>Every preset, by family.</summary>
    public static IReadOnlyList<ModelPreset> All => _all.Value;

    /// <summary>The preset with a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static ModelPreset Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (Func<IReadOnlyList<ModelPreset>> family in _families)
        {
            foreach (ModelPreset preset in family())
            {
                if (preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return preset;
                }
            }
        }

        throw new ArgumentException(
            $"There is no preset '{name}'"
            + (NearestName.Find(name, All.Select(preset => preset.Name)) is { } nearest ? $"; did you mean '{nearest}'?" : ".")
            + $" There are {string.Join(", ", All.Select(preset => preset.Name))}.",
            nameof(name));
    }
}
