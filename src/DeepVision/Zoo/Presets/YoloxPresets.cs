using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;

namespace DeepVision.Zoo;

/// <summary>The models of the YOLOX repository, YOLOv3 in its form among them.</summary>
internal static class YoloxPresets
{
    private const int FullHidden = 256;

    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        Create("yolox_nano", "YOLOX-Nano", CspDarknetSpec.Nano, side: 416),
        Create("yolox_tiny", "YOLOX-Tiny", CspDarknetSpec.Tiny, side: 416),
        Create("yolox_s", "YOLOX-S", CspDarknetSpec.Small, side: 640),
        Create("yolox_m", "YOLOX-M", CspDarknetSpec.Medium, side: 640),
        Create("yolox_l", "YOLOX-L", CspDarknetSpec.Large, side: 640),
        Create("yolox_x", "YOLOX-X", CspDarknetSpec.ExtraLarge, side: 640),
        new(
            "yolov3",
            "YOLOv3 with a Darknet-53, spatial pyramid pooling and YOLOX's head for 640 x 640, COCO's 80 classes",
            Coco.Classes80,
            DarknetSpec.Darknet53.Normalization,
            (builder, parts) => builder
                .UseDarknet(DarknetSpec.Darknet53 with { Normalization = parts.BackboneNormalization })
                .UseYoloFpn()
                .UseYolox(new YoloxHeadSpec { Classes = parts.Classes, Activation = Activation.LeakyRelu(0.1f) })
                .WithPreprocessing(YoloxTask.Preprocessing(640))),
    ];

    private static ModelPreset Create(string name, string title, CspDarknetSpec spec, int side) =>
        new(name, $"{title} for {side} x {side}, COCO's 80 classes", Coco.Classes80, spec.Normalization, (builder, parts) => builder
            .UseCspDarknet(spec with { Normalization = parts.BackboneNormalization })
            .UseYoloPan(new YoloPanSpec { Depth = spec.BaseDepth, IsDepthwise = spec.IsDepthwise })
            .UseYolox(new YoloxHeadSpec
            {
                Classes = parts.Classes,
                HiddenChannels = (int)(FullHidden * spec.Width),
                IsDepthwise = spec.IsDepthwise,
            })
            .WithPreprocessing(YoloxTask.Preprocessing(side)));
}
