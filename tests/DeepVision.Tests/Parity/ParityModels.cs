using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Zoo;

namespace DeepVision.Tests.Parity;

/// <summary>The models that tests/golden knows, composed here, with generated weights.</summary>
internal static class ParityModels
{
    /// <summary>
    /// All names: every preset of an official model (those of this project's own models, <c>fashion_...</c>, have none to
    /// compare with), RetinaNet with the two other norms that torchvision builds it with, and backbones and necks
    /// in forms of their own.
    /// </summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. ModelPresets.All.Select(preset => preset.Name).Where(name => !name.StartsWith("fashion_", StringComparison.Ordinal)),
        "retinanet_resnet50_fpn_eps1e5",
        "retinanet_resnet50_fpn_batchnorm",
        .. BackboneModels.Names,
        .. NeckModels.Names,
    ];

    /// <summary>
    /// Larger models of families whose smallest run on every instruction set: these run on the widest, to keep the suite short.
    /// </summary>
    internal static IReadOnlySet<string> OnWidestOnly { get; } = new HashSet<string>
    {
        "resnet50@8",
        "resnext101_32x8d",
        "resnext101_64x4d",
        "wide_resnet50_2",
        "wide_resnet101_2",
        "mobilenet_v3_large",
        "squeezenet1_0",
        "shufflenet_v2_x1_0",
        "shufflenet_v2_x1_5",
        "shufflenet_v2_x2_0",
        "densenet161", "densenet169", "densenet201",
        "regnet_y_800mf", "regnet_y_1_6gf", "regnet_y_3_2gf", "regnet_y_8gf", "regnet_y_16gf",
        "regnet_x_800mf", "regnet_x_1_6gf", "regnet_x_3_2gf", "regnet_x_8gf", "regnet_x_16gf",
        "efficientnet_b1", "efficientnet_b2", "efficientnet_b3", "efficientnet_b4", "efficientnet_b5", "efficientnet_b6", "efficientnet_b7",
        "efficientnet_v2_m", "efficientnet_v2_l",
        "convnext_small", "convnext_base",
        "vit_b_16", "vit_b_32",
        "densenet121@levels", "regnet_y_400mf@levels", "efficientnet_b0@levels", "efficientnet_v2_s@levels", "convnext_tiny@levels",
        "vit_small@levels",
        "fasterrcnn_resnet50_fpn_v2",
        "fasterrcnn_mobilenet_v3_large_320_fpn",
        "fcn_resnet101",
        "deeplabv3_resnet101",
    };

    /// <summary>Large models of families whose smaller ones are run, 108 to 645 million parameters: only a long run computes with their weights.</summary>
    internal static IReadOnlySet<string> Largest { get; } = new HashSet<string>
    {
        "regnet_x_32gf", "regnet_y_32gf", "regnet_y_128gf", "convnext_large", "vit_l_16", "vit_l_32", "vit_h_14",
    };

    /// <summary>The others.</summary>
    internal static IReadOnlyList<string> Usual { get; } = [.. Names.Where(name => !Largest.Contains(name))];

    /// <summary>A builder for the model, without weights.</summary>
    internal static VisionModelBuilder Builder(string name) => name switch
    {
        "retinanet_resnet50_fpn_eps1e5" => RetinaNet(Normalization.FrozenBatchNorm()),
        "retinanet_resnet50_fpn_batchnorm" => RetinaNet(Normalization.BatchNorm),
        _ => BackboneModels.Builder(name) ?? NeckModels.Builder(name) ?? VisionModel.FromPreset(name),
    };

    /// <summary>The model with generated weights.</summary>
    internal static VisionModel Build(string name) => WithGeneratedWeights(Builder(name));

    /// <summary>Builds a model and gives every parameter generated values.</summary>
    internal static VisionModel WithGeneratedWeights(VisionModelBuilder builder)
    {
        VisionModel model = builder.Build();
        HashSet<string> keys = [.. model.Parameters.Select(parameter => parameter.Name)];
        foreach (Parameter parameter in model.Parameters)
        {
            model.Weights.Set(parameter, ParityWeights.Handle(parameter.Name, parameter.Shape, keys));
        }

        return model;
    }

    private static VisionModelBuilder RetinaNet(Normalization norm) => VisionModel.Create()
        .UseResNet(ResNetSpec.ResNet50 with { Normalization = norm })
        .UseFpn(new FpnSpec { ExtraLevels = FpnExtraLevels.P6P7FromPyramid })
        .UseRetinaNet(new RetinaNetHeadSpec { Classes = 91 });
}
