using DeepVision.Backbones;
using DeepVision.Blocks;
using DeepVision.Components;
using DeepVision.Necks;

namespace DeepVision.Tests.Parity;

/// <summary>ResNet-18 with necks that no published model has here; tests/golden holds them as written down from their papers.</summary>
internal static class NeckModels
{
    private static readonly Dictionary<string, Func<VisionModelBuilder, VisionModelBuilder>> Necks = new()
    {
        ["resnet18_se"] = builder => builder.UseSqueezeExcitation(),
        ["resnet18_sam"] = builder => builder.UseSpatialAttention(),
        ["resnet18_cbam"] = builder => builder.UseCbam(),
        ["resnet18_spp_bottleneck"] = builder => builder.UseSppBottleneck().Tap("P5"),
        ["resnet18_bifpn"] = builder => BiFpn(builder, FeatureFusion.Weighted),
        ["resnet18_bifpn_add"] = builder => BiFpn(builder, FeatureFusion.Add),
        ["resnet18_bifpn_concat"] = builder => BiFpn(builder, FeatureFusion.Concatenate),
        ["resnet18_fpn_concat"] = builder => builder.UseFpn(new FpnSpec { Channels = 32, Fusion = FeatureFusion.Concatenate }),
        ["resnet18_global_pooling"] = builder => builder.UseIdentityNeck().UseGlobalPooling(),
    };

    internal static IEnumerable<string> Names => Necks.Keys;

    /// <summary>A builder for the model, without weights; null where there is none of that name.</summary>
    internal static VisionModelBuilder? Builder(string name) =>
        Necks.TryGetValue(name, out Func<VisionModelBuilder, VisionModelBuilder>? use) ? use(VisionModel.Create().UseResNet(ResNetSpec.ResNet18)) : null;

    private static VisionModelBuilder BiFpn(VisionModelBuilder builder, FeatureFusion fusion) =>
        builder.UseBiFpn(new BiFpnSpec { Channels = 16, Repeats = 2, Levels = new LevelRange(3, 7), Fusion = fusion });
}
