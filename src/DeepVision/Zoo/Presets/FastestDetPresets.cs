using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;

namespace DeepVision.Zoo;

/// <summary>FastestDet as its published COCO weights have it.</summary>
internal static class FastestDetPresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        new(
            "fastestdet",
            "FastestDet for 352 x 352 with a ShuffleNetV2, COCO's 80 classes",
            Coco.Classes80,
            ShuffleNetV2Spec.FastestDet.Normalization,
            (builder, parts) => builder
                .UseShuffleNetV2(ShuffleNetV2Spec.FastestDet with { Normalization = parts.BackboneNormalization })
                .UseFastestDetNeck()
                .UseFastestDet(new FastestDetHeadSpec { Classes = parts.Classes })
                .WithPreprocessing(FastestDetTask.Preprocessing)),
    ];
}
