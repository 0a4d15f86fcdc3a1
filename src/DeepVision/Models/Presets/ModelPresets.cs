using DeepVision.Backbones;
using DeepVision.Heads;
using DeepVision.Weights;

namespace DeepVision.Models;

/// <summary>
/// All presets: one line for each architecture, whose folder holds what they are made of. Where torchvision has the model, name,
/// key set and numbers are torchvision's.
/// </summary>
public static class ModelPresets
{
    /// <summary>Every preset, by family.</summary>
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        .. ResNetPresets.All,
        .. VggPresets.All,
        .. MobileNetV2Presets.All,
        .. MobileNetV3Presets.All,
        .. SqueezeNetPresets.All,
        .. ShuffleNetV2Presets.All,
        .. DenseNetPresets.All,
        .. RegNetPresets.All,
        .. EfficientNetPresets.All,
        .. ConvNeXtPresets.All,
        .. VisionTransformerPresets.All,
        .. RetinaNetPresets.All,
        .. FcosPresets.All,
        .. SsdPresets.All,
        .. RetinaFacePresets.All,
        .. FastestDetPresets.All,
        .. FasterRcnnPresets.All,
        .. FcnPresets.All,
        .. DeepLabV3Presets.All,
        .. LrasppPresets.All,
        .. YoloxPresets.All,
        .. CifarResNetPresets.All,
        FashionPresets.Classifier,
        FashionPresets.Detector,
    ];

    /// <summary>The preset with a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static ModelPreset Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no preset '{name}'"
                + (NearestName.Find(name, All.Select(preset => preset.Name)) is { } nearest ? $"; did you mean '{nearest}'?" : ".")
                + $" There are {string.Join(", ", All.Select(preset => preset.Name))}.",
                nameof(name));
    }
}
