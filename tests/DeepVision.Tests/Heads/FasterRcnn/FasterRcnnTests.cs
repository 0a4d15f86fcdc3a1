using DeepVision.Backbones;
using DeepVision.Cpu;
using DeepVision.Detections;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;
using DeepVision.Tests.Parity;
using DeepVision.Zoo;

namespace DeepVision.Tests.Heads.FasterRcnn;

public sealed class FasterRcnnTests
{
    // Lanes sum in other orders. Random weights give scores near 1 / 3 and boxes of some pixels.
    private const float ScoreTolerance = 1e-5f;
    private const float OverlapTolerance = 1e-3f;

    private static readonly RgbImage[] Images =
    [
        ParityImages.Rgb(0, 96, 64), ParityImages.Rgb(1, 70, 90), ParityImages.Rgb(2, 96, 64), ParityImages.Rgb(3, 96, 64),
    ];

    [Fact]
    public void Detect_ImagesTogether_GivesTheBitsThatEachHasAlone()
    {
        using VisionModel model = Small();
        using CompiledModel compiled = model.CompileForCpu();

        IReadOnlyList<Predictions<Detection>> together = compiled.Detect(Images);

        for (int i = 0; i < Images.Length; i++)
        {
            Assert.NotEmpty(together[i]);
            Assert.Equal(compiled.Detect(Images[i]), together[i]);
        }
    }

    [Fact]
    public void Detect_OtherThreadsAndInstructionSets_FindsTheSame()
    {
        using VisionModel model = Small();
        using CompiledModel reference = model.CompileForCpu(new CpuOptions { InstructionSet = CpuInstructionSet.Scalar });
        Predictions<Detection> expected = reference.Detect(Images[0]);
        Assert.NotEmpty(expected);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CompiledModel one = model.CompileForCpu(new CpuOptions { Threads = 1, InstructionSet = set });
            using CompiledModel four = model.CompileForCpu(new CpuOptions { Threads = 4, InstructionSet = set });

            Predictions<Detection> found = one.Detect(Images[0]);

            Assert.Equal(found, four.Detect(Images[0]));
            Assert.Equal(expected.Count, found.Count);
            foreach ((Detection left, Detection right) in expected.Zip(found))
            {
                Assert.Equal(left.ClassIndex, right.ClassIndex);
                Assert.Equal(left.Score, right.Score, ScoreTolerance);
                Assert.InRange(left.Box.IoU(right.Box), 1 - OverlapTolerance, 1);
            }
        }
    }

    [Fact]
    public void Detect_NoProposals_IsEmpty()
    {
        using VisionModel model = Small(new ProposalOptions { ScoreThreshold = 1 });
        using CompiledModel compiled = model.CompileForCpu();

        Assert.Empty(compiled.Detect(Images[0]));
    }

    [Fact]
    public void Summary_TwoStages_CountsBothAndSaysWhatTheHostDoes()
    {
        using VisionModel model = VisionModel.FromPreset("fasterrcnn_resnet50_fpn").Build();

        string summary = model.Summary(800, 800);

        Assert.Contains("at most 1000 proposals an image; RoIAlign 7x7 from P2, P3, P4, P5", summary, StringComparison.Ordinal);
        Assert.Contains("input 1000x256x7x7", summary, StringComparison.Ordinal);
        Assert.Contains("all stages: 41,755,286 parameters", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fasterrcnn_resnet50_fpn", 800, 1333, 1000, "P2, P3, P4, P5")]
    [InlineData("fasterrcnn_mobilenet_v3_large_fpn", 800, 1333, 1000, "P5, Pfinal")]
    [InlineData("fasterrcnn_mobilenet_v3_large_320_fpn", 320, 640, 150, "P5, Pfinal")]
    public void Preset_Settings_AreThoseOfItsPublishedWeights(string name, int minSize, int maxSize, int proposals, string maps)
    {
        using VisionModel model = VisionModel.FromPreset(name).Build();

        Assert.Equal(ImagePreprocessing.TorchvisionDetection(minSize, maxSize), model.Preprocessing);
        Assert.Equal(
            WeightCatalog.Find(name).BackboneNormalization!.ToString(), ModelPresets.Find(name).BackboneNormalization.ToString());
        Assert.Contains(
            $"at most {proposals} proposals an image; RoIAlign 7x7 from {maps}\n",
            model.Summary(320, 320).ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Tensor_GivesTheOutputsOfBothStages()
    {
        using VisionModel model = Small();
        using CompiledModel compiled = model.CompileForCpu();

        var outputs = compiled.Run(ParityImages.Batch(2, 64, 96));

        int rows = outputs[FasterRcnnTask.ProposalsOutput].Shape[0];
        Assert.True(rows > 256, $"{rows} proposals run in one part.");
        Assert.Equal(rows, outputs[FasterRcnnTask.LogitsOutput].Shape[0]);
        Assert.Equal(12, outputs[FasterRcnnTask.DeltasOutput].Shape[1]);
        Assert.Equal(outputs["P2"].Shape.With(1, 3), outputs[FasterRcnnTask.ObjectnessOutput("P2")].Shape);
    }

    [Fact]
    public void Constructor_NumbersOutOfRange_Throw()
    {
        var spec = new FasterRcnnHeadSpec { Classes = 2 };
        Assert.Throws<ArgumentOutOfRangeException>(() => new FasterRcnnHead(spec with { Classes = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FasterRcnnHead(spec with { ProposalDepth = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FasterRcnnHead(spec with { HiddenFeatures = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FasterRcnnHead(spec with { BoxConvolutions = [8, 0] }));
        Assert.Throws<ModelBuildException>(() => new FasterRcnnHead(spec with
        {
            Anchors = new AnchorSpec { Levels = [new() { Sizes = [8], AspectRatios = [1] }, new() { Sizes = [8, 16], AspectRatios = [1] }] },
        }));
    }

    private static VisionModel Small(ProposalOptions? proposals = null) => VisionModel.Create()
        .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
        .UseFpn(channels: 16)
        .UseFasterRcnn(new FasterRcnnHeadSpec
        {
            Classes = 3,
            HiddenFeatures = 16,
            BoxConvolutions = [8],
            Proposals = proposals ?? new ProposalOptions(),
        })
        .WithPreprocessing(ImagePreprocessing.TorchvisionDetection(64, 128))
        .InitializeWeights(seed: 3)
        .Build();
}
