using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Detections;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
using DeepVision.Necks;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Zoo;

/// <summary>The two models that this project trains and ships, small enough for any machine.</summary>
internal static class FashionPresets
{
    private const int BackboneWidth = 24;
    private const int PyramidChannels = 64;

    // The training images' own mean and deviation of gray.
    private const float ArticleMean = 0.2860f;
    private const float ArticleStd = 0.3530f;

    // Round figures near those of the scenes.
    private const float SceneMean = 0.48f;
    private const float SceneStd = 0.24f;

    internal static ModelPreset Classifier { get; } = new(
        "fashion_resnet20",
        "ResNet-20 for 28 x 28 gray articles, Fashion-MNIST classes",
        FashionMnist.Classes,
        Normalization.BatchNorm,
        (builder, parts) => builder
            .UseCifarResNet(CifarResNetSpec.ResNet20 with { Normalization = parts.BackboneNormalization })
            .UseClassifier(parts.Classes)
            .WithPreprocessing(new ImagePreprocessing
            {
                Resize = ResizeRule.Exact(ImageSize.Square(28)),
                Channels = ChannelOrder.GrayReplicated,
                Mean = ChannelValues.All(ArticleMean),
                Std = ChannelValues.All(ArticleStd),
            }));

    internal static ModelPreset Detector { get; } = new(
        "fashion_scenes_retinanet",
        "RetinaNet with a slim ResNet-18 for 256 x 256 scenes, Fashion-MNIST classes",
        FashionMnist.Classes,
        Normalization.BatchNorm,
        (builder, parts) => builder
            .UseResNet(ResNetSpec.ResNet18 with
            {
                Name = "slim ResNet-18",
                BaseWidth = BackboneWidth,
                Normalization = parts.BackboneNormalization,
            })
            .UseFpn(new FpnSpec { Channels = PyramidChannels, Levels = new LevelRange(3, 5), ExtraLevels = FpnExtraLevels.None })
            .UseRetinaNet(new RetinaNetHeadSpec
            {
                Classes = parts.Classes,
                Anchors = new AnchorSpec { Levels = [Anchors(16, 20, 25), Anchors(32, 40, 50), Anchors(64, 80, 101)] },
                Decoding = new RetinaNetDecoderOptions { MaxDetections = 100 },
            })
            .WithPreprocessing(new ImagePreprocessing
            {
                Resize = ResizeRule.SideBounds(256, 512),
                Interpolation = Interpolation.BilinearFloat,
                Mean = ChannelValues.All(SceneMean),
                Std = ChannelValues.All(SceneStd),
                SizeDivisor = 32,
            }));

    private static AnchorLevelSpec Anchors(params float[] sizes) => new() { Sizes = sizes, AspectRatios = [0.5f, 1f, 2f] };
}
