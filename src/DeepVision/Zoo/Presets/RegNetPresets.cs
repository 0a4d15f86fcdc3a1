using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Initialization;
using DeepVision.Heads;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>torchvision's RegNets.</summary>
internal static class RegNetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("regnet_y_400mf", RegNetSpec.Y400MF),
        Create("regnet_y_800mf", RegNetSpec.Y800MF),
        Create("regnet_y_1_6gf", RegNetSpec.Y1600MF),
        Create("regnet_y_3_2gf", RegNetSpec.Y3200MF),
        Create("regnet_y_8gf", RegNetSpec.Y8GF),
        Create("regnet_y_16gf", RegNetSpec.Y16GF),
        Create("regnet_y_32gf", RegNetSpec.Y32GF),
        Create("regnet_y_128gf", RegNetSpec.Y128GF, ImagePreprocessing.ImageNetV2(384, 384) with { Interpolation = Interpolation.BicubicAntialias }),
        Create("regnet_x_400mf", RegNetSpec.X400MF),
        Create("regnet_x_800mf", RegNetSpec.X800MF),
        Create("regnet_x_1_6gf", RegNetSpec.X1600MF),
        Create("regnet_x_3_2gf", RegNetSpec.X3200MF),
        Create("regnet_x_8gf", RegNetSpec.X8GF),
        Create("regnet_x_16gf", RegNetSpec.X16GF),
        Create("regnet_x_32gf", RegNetSpec.X32GF),
    ];

    private static ModelPreset Create(string name, RegNetSpec spec, ImagePreprocessing? preprocessing = null) =>
        new(name, $"{spec.Name}, ImageNet classes", ImageNet.Classes, spec.Normalization, (builder, parts) => builder
            .UseRegNet(spec with { Normalization = parts.BackboneNormalization })
            .UseClassifier(new ClassificationHeadSpec { Classes = parts.Classes, WeightInitializer = Initializer.Normal(0.01f) })
            .WithPreprocessing(preprocessing ?? ImagePreprocessing.ImageNetV2()));
}
