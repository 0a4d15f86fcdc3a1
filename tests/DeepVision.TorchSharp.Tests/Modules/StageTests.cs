using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>A model of several stages is one tree of modules.</summary>
public sealed class StageTests
{
    [TorchFact]
    public void Children_OfTwoStages_StandInOneTree()
    {
        using VisionModel model = Small();
        using VisionModule module = model.ToTorchSharp();

        Assert.Equal(["backbone", "rpn", "roi_heads"], module.named_children().Select(child => child.name));
        Assert.IsAssignableFrom<nn.Module<Tensor, Tensor>>(module.Find("roi_heads.box_head"));
        Assert.Equal(["main", "roi_heads"], module.Stages.Select(stage => stage.Name));
        Assert.Equal(model.Parameters.Select(parameter => parameter.Name).Order(), module.state_dict().Keys.Order());
    }

    [TorchFact]
    public void Forward_TwoStages_GivesTheFirstStagesOutputs()
    {
        using VisionModel model = Small();
        using VisionModule module = model.ToTorchSharp();

        Dictionary<string, HostTensor> outputs = module.Predict(ParityImages.Batch(1, 64, 64));

        Assert.Equal(model.Graph.Outputs.Select(output => output.Name).Order(), outputs.Keys.Order());
        Assert.Contains("'main', 'roi_heads'", Assert.Throws<ArgumentException>(() => module.Predict("third", ParityImages.Batch(1, 64, 64))).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Detect_OverAModule_FindsWhatTheCpuEngineFinds()
    {
        using VisionModel model = Small();
        using VisionModule module = model.ToTorchSharp();
        module.eval();
        using CompiledModel torch = module.AsCompiled();
        using CompiledModel cpu = model.CompileForCpu();
        RgbImage[] images = [ParityImages.Rgb(0, 96, 64), ParityImages.Rgb(1, 70, 90)];

        IReadOnlyList<Predictions<Detection>> expected = cpu.Detect(images);
        IReadOnlyList<Predictions<Detection>> found = torch.Detect(images);

        for (int i = 0; i < images.Length; i++)
        {
            Assert.NotEmpty(expected[i]);
            Assert.Equal(expected[i].Count, found[i].Count);

            // Equal but for rounding, which may exchange neighbors of nearly the same score.
            int alike = expected[i].Count(one => found[i].Any(other => one.ClassIndex == other.ClassIndex
                && Math.Abs(one.Score - other.Score) < 1e-4f && one.Box.IoU(other.Box) > 0.99f));
            Assert.True(alike >= 0.98 * expected[i].Count, $"{alike} of {expected[i].Count} detections are alike.");
        }
    }

    [TorchFact]
    public void ToVisionModel_TwoStages_HasTheModulesValues()
    {
        using VisionModel model = Small();
        using VisionModule module = model.ToTorchSharp();
        using (no_grad())
        {
            module.state_dict()["roi_heads.box_predictor.cls_score.bias"].fill_(0.5);
        }

        using VisionModel back = module.ToVisionModel();

        foreach (Parameter parameter in model.Parameters)
        {
            float[] expected = Values(model, parameter);
            Assert.Equal(parameter.Name.EndsWith("cls_score.bias", StringComparison.Ordinal) ? [0.5f, 0.5f, 0.5f] : expected, Values(back, parameter));
        }
    }

    private static float[] Values(VisionModel model, Parameter parameter)
    {
        var values = new float[parameter.Shape.ElementCount];
        model.Weights.Read(parameter, values);
        return values;
    }

    private static VisionModel Small() => VisionModel.Create()
        .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
        .UseFpn(channels: 16)
        .UseFasterRcnn(new FasterRcnnHeadSpec { Classes = 3, HiddenFeatures = 16 })
        .WithPreprocessing(ImagePreprocessing.TorchvisionDetection(64, 128))
        .InitializeWeights(seed: 3)
        .Build();
}
