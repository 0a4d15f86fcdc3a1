using DeepVision.Backbones;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Necks;

namespace DeepVision.Zoo;

/// <summary>
/// The light RetinaFace of the PyTorch reimplementation's author. His first weights have the same names, but leaky ReLUs of slope 0.1
/// throughout and anchors of 16 to 512 pixels, which are the defaults of the parts. Images keep their size.
/// </summary>
internal static class RetinaFacePresets
{
    internal static IReadOnlyList<ModelPreset> All { get; } =
    [
        new(
            "retinaface_mobilenet_0.25",
            "Light RetinaFace with a MobileNetV1 x0.25: faces with five landmarks",
            ["face"],
            MobileNetV1Spec.LightRetinaFace.Normalization,
            (builder, parts) => builder
                .UseMobileNetV1(MobileNetV1Spec.LightRetinaFace with { Normalization = parts.BackboneNormalization })
                .UseRetinaFaceFpn(new RetinaFaceFpnSpec { Activation = Activation.Relu })
                .UseSsh(new SshSpec { Activation = Activation.Relu })
                .UseRetinaFace(new RetinaFaceHeadSpec { Classes = parts.Classes, Anchors = AnchorSpec.LightRetinaFace })
                .WithPreprocessing(RetinaFaceTask.Preprocessing)),
    ];
}
