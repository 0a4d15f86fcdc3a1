using DeepVision.Backbones;
using DeepVision.Models;
using DeepVision.Necks;
using DeepVision.Preprocessing;

namespace DeepVision.Heads;

/// <summary>The small RetinaFace of the widely used PyTorch reimplementation. Images keep their size.</summary>
internal static class RetinaFacePresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        new(
            "retinaface_mobilenet_0.25",
            "RetinaFace with a MobileNetV1 x0.25: faces with five landmarks",
            ["face"],
            MobileNetV1Spec.RetinaFace.Normalization,
            (builder, parts) => builder
                .UseMobileNetV1(MobileNetV1Spec.RetinaFace with { Normalization = parts.BackboneNormalization })
                .UseRetinaFaceFpn()
                .UseSsh()
                .UseRetinaFace(new RetinaFaceHeadSpec { Classes = parts.Classes })
                .WithPreprocessing(RetinaFaceTask.Preprocessing)),
    ];
}
