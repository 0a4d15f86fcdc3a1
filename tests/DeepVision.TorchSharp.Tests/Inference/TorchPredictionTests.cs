using DeepVision.Backbones;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Detections;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Inference;

/// <summary>Classify, Detect and Embed on TorchSharp give what the CPU engine gives.</summary>
public sealed class TorchPredictionTests
{
    private const double Tolerance = 2e-5;

    [TorchTheory]
    [InlineData(TorchBatchNorm.Folded, TorchMemoryFormat.Contiguous)]
    [InlineData(TorchBatchNorm.Folded, TorchMemoryFormat.ChannelsLast)]
    [InlineData(TorchBatchNorm.Separate, TorchMemoryFormat.Contiguous)]
    [InlineData(TorchBatchNorm.Separate, TorchMemoryFormat.ChannelsLast)]
    public void Run_EveryOption_GivesTheCpuEnginesOutputs(TorchBatchNorm norm, TorchMemoryFormat format)
    {
        foreach (string name in new[] { "resnet50", "vgg11_bn", "retinanet_resnet50_fpn", "retinanet_resnet50_fpn_v2", "cifar_resnet20" })
        {
            using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset(name));
            using CompiledModel cpu = model.CompileForCpu();
            using CompiledModel torch = model.CompileForTorch(new TorchOptions { BatchNorm = norm, MemoryFormat = format });
            HostTensor input = ParityImages.Batch(2, 65, 97);

            IReadOnlyDictionary<string, HostTensor> found = torch.Run(input);
            foreach ((string output, HostTensor expected) in cpu.Run(input))
            {
                Agreement.AssertClose(expected, found[output], Tolerance, $"{name} {output}");
            }
        }
    }

    [TorchFact]
    public void Segment_WithAnAuxiliaryClassifier_DoesNotRunIt()
    {
        using VisionModel model = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
            .UseFcn(new FcnHeadSpec { Classes = 3, AuxiliaryFeature = "C4" })
            .InitializeWeights(seed: 4)
            .Build();
        using CompiledModel compiled = model.CompileForTorch();
        using CompiledModel whole = model.CompileForCpu();
        RgbImage image = ParityImages.Rgb(0, 96, 64);
        using VisionModule module = model.ToTorchSharp(new TorchOptions());
        using nn.Module old = module.Replace("aux_classifier", new Broken());
        using Tensor input = rand(1, 3, 64, 96);

        IReadOnlyDictionary<string, Tensor> decoded = module.RunPart("main", input, model.Task.DecodedOutputs!);

        Assert.Equal(["out"], decoded.Keys);
        decoded["out"].Dispose();
        Assert.Throws<InvalidDataException>(() => module.call(input));
        Assert.Equal(["out", "aux"], compiled.Run(image).Keys);
        Assert.Equal(whole.Segment(image).CountPixels(), compiled.Segment(image).CountPixels());
    }

    [TorchFact]
    public void Classify_Images_GivesTheCpuEnginesRecords()
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset("resnet18"));
        using CompiledModel cpu = model.CompileForCpu();
        using CompiledModel torch = model.CompileForTorch();
        RgbImage[] images = [ParityImages.Rgb(0, 100, 80), ParityImages.Rgb(1, 90, 120), ParityImages.Rgb(2, 300, 200)];

        IReadOnlyList<Predictions<Classification>> expected = cpu.Classify(images);
        IReadOnlyList<Predictions<Classification>> found = torch.Classify(images);

        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(expected[i].Select(c => (c.ClassIndex, c.Label)), found[i].Select(c => (c.ClassIndex, c.Label)));
            Assert.All(expected[i].Zip(found[i]), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-4));
        }
    }

    [TorchFact]
    public void Embed_Image_GivesTheCpuEnginesVector()
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset("resnet18"));
        using CompiledModel cpu = model.CompileForCpu();
        using CompiledModel torch = model.CompileForTorch();
        RgbImage image = ParityImages.Rgb(0, 100, 80);

        float[] expected = cpu.Embed(image).Values.ToArray();
        float[] found = torch.Embed(image).Values.ToArray();

        var shape = new TensorShape(expected.Length);
        Agreement.AssertClose(new HostTensor(shape, expected), new HostTensor(shape, found), Tolerance, "embedding");
    }

    [TorchTheory]
    [InlineData("retinanet_resnet50_fpn")]
    [InlineData("retinanet_resnet50_fpn_v2")]
    [InlineData("fcos_resnet50_fpn")]
    [InlineData("ssd300_vgg16")]
    [InlineData("ssdlite320_mobilenet_v3_large")]
    [InlineData("fasterrcnn_resnet50_fpn")]
    [InlineData("fasterrcnn_resnet50_fpn_v2")]
    [InlineData("fasterrcnn_mobilenet_v3_large_fpn")]
    [InlineData("fasterrcnn_mobilenet_v3_large_320_fpn")]
    public void Detect_GeneratedImage_FindsWhatTorchvisionFinds(string name)
    {
        GoldenDetections golden = GoldenDetections.Load(name)[0];
        using VisionModel model = ParityModels.WithGeneratedWeights(golden.Resized(ParityModels.Builder(name)));
        using CompiledModel compiled = model.CompileForTorch();

        Predictions<Detection> found = compiled.Detect(ParityImages.Rgb(golden.Int("image"), golden.Int("width"), golden.Int("height")));

        DetectionMatch match = golden.Match(
            [.. found.Select(d => d.ClassIndex)],
            [.. found.Select(d => d.Score)],
            [.. found.Select(d => new[] { d.Box.X1, d.Box.Y1, d.Box.X2, d.Box.Y2 })]);
        match.AssertAgrees();
        Assert.True(match.WorstScoreDifference <= 1e-4, $"A score differs by {match.WorstScoreDifference:E2}.");
    }

    [TorchTheory]
    [InlineData("fcn_resnet50")]
    [InlineData("deeplabv3_resnet50")]
    [InlineData("deeplabv3_mobilenet_v3_large")]
    [InlineData("lraspp_mobilenet_v3_large")]
    public void Segment_GeneratedImage_GivesTorchvisionsClasses(string name)
    {
        GoldenSegmentation golden = GoldenSegmentation.Load(name, 0);
        using VisionModel model = ParityModels.WithGeneratedWeights(
            ParityModels.Builder(name).WithPreprocessing(ImagePreprocessing.TorchvisionSegmentation(golden.Resize)));
        using CompiledModel compiled = model.CompileForTorch();

        golden.AssertAgrees(compiled.Segment(ParityImages.Rgb(golden.Image, golden.Width, golden.Height)).Classes);
    }

    [TorchTheory]
    [InlineData(0.05f, 1000)]
    [InlineData(0.05f, 7)]
    [InlineData(0f, 100)]
    public void Detect_CandidatesOnTheDevice_AreThoseOfTheWholeOutputs(float threshold, int topK)
    {
        RetinaNetDecoderOptions decoding = new() { ScoreThreshold = threshold, TopKPerLevel = topK };
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.Create()
            .UseResNet(DeepVision.Backbones.ResNetSpec.ResNet18)
            .UseFpn(64)
            .UseRetinaNet(new DeepVision.Heads.RetinaNetHeadSpec { Classes = 20, Decoding = decoding })
            .WithPreprocessing(ImagePreprocessing.TorchvisionDetection(96, 160)));
        using CompiledModel compiled = model.CompileForTorch();
        using CompiledModel whole = new(model, new WholeOutputs(compiled));
        RgbImage[] images = [ParityImages.Rgb(0, 120, 90), ParityImages.Rgb(1, 120, 90), ParityImages.Rgb(2, 90, 120)];

        IReadOnlyList<Predictions<Detection>> expected = whole.Detect(images);
        IReadOnlyList<Predictions<Detection>> found = compiled.Detect(images);

        Assert.Contains(expected, list => list.Count > 0);
        Assert.Equal(expected.Select(list => list.ToArray()), found.Select(list => list.ToArray()));
    }

    [TorchFact]
    public void Picking_SaturatedLogits_KeepsTheLowestIndicesOfEqualScores()
    {
        // Every logit above 17 scores 1 in float32: torch.topk would take the largest, the decoder takes the first.
        var decoder = new RetinaNetDecoder(new AnchorSpec { Levels = [new AnchorLevelSpec { Sizes = [8], AspectRatios = [1] }] }, 3, new RetinaNetDecoderOptions { TopKPerLevel = 4 });
        var task = new RetinaNetTask(["a", "b", "c"], decoder, ["P3"]);
        float[] logits = [.. Enumerable.Range(0, 48).Select(i => i % 5 == 0 ? float.NaN : i % 7 == 0 ? float.PositiveInfinity : 20f + i)];
        float[] deltas = [.. Enumerable.Range(0, 64).Select(i => (i - 32) / 100f)];
        var geometry = ImagePreprocessing.TorchvisionDetection(32, 32).PlanBatch([new ImageSize(32, 32)], BatchPadding.ByShape)[0];
        var outputs = new Dictionary<string, HostTensor>
        {
            [RetinaNetTask.LogitsOutput("P3")] = new(new TensorShape(1, 3, 4, 4), logits),
            [RetinaNetTask.DeltasOutput("P3")] = new(new TensorShape(1, 4, 4, 4), deltas),
        };

        using Tensor onDevice = outputs[RetinaNetTask.LogitsOutput("P3")].ToTorch().squeeze(0);
        using Tensor boxes = outputs[RetinaNetTask.DeltasOutput("P3")].ToTorch().squeeze(0);
        LevelCandidates picked = DeepVision.Torch.Inference.CandidatePicking.Pick(onDevice, boxes, task.Candidates);

        Assert.Equal(task.Decode(outputs, 0, geometry), task.Decode([picked], geometry));
    }

    [TorchFact]
    public void Run_BFloat16_GivesFloat32OutputsNearTheOthers()
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset("resnet18"));
        using CompiledModel exact = model.CompileForTorch();
        using CompiledModel narrow = model.CompileForTorch(new TorchOptions { Precision = TorchPrecision.BFloat16 });
        HostTensor input = ParityImages.Batch(2, 64, 64);

        HostTensor expected = exact.Run(input)["logits"];
        HostTensor found = narrow.Run(input)["logits"];

        // 8 bits of mantissa through 18 layers.
        Agreement.AssertClose(expected, found, 5e-2, "bfloat16");
        Assert.NotEqual(expected.Values.ToArray(), found.Values.ToArray());
    }

    [TorchFact]
    public void Run_WrongShape_NamesTheNode()
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset("vgg11"));
        using CompiledModel compiled = model.CompileForTorch();

        var exception = Assert.Throws<ModelBuildException>(() => compiled.Run(new HostTensor(new TensorShape(1, 3, 16, 16))));

        Assert.Contains("'features", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void AsCompiled_OfAModule_FollowsItsTraining()
    {
        using VisionModule module = VisionModel.FromPreset("cifar_resnet20").InitializeWeights(1).BuildModule();
        using CompiledModel compiled = module.AsCompiled();
        RgbImage image = ParityImages.Rgb(0, 40, 40);
        Assert.Contains("eval()", Assert.Throws<InvalidOperationException>(() => compiled.Classify(image)).Message, StringComparison.Ordinal);

        module.eval();
        float before = compiled.Classify(image)[0].Probability;
        using (no_grad())
        {
            module.get_parameter("linear.weight")!.mul_(3);
        }

        Assert.NotEqual(before, compiled.Classify(image)[0].Probability);
    }

    [TorchFact]
    public void Engine_Description_SaysWhichTorchAndHow()
    {
        using VisionModel model = VisionModel.FromPreset("cifar_resnet20").InitializeWeights().Build();
        using CompiledModel compiled = model.CompileForTorch(new TorchOptions { MemoryFormat = TorchMemoryFormat.ChannelsLast });

        string expected = "TorchSharp 0.107";
        Assert.StartsWith(expected, compiled.Engine, StringComparison.Ordinal);
        Assert.Contains("cpu, float32, batch norm folded, channels last", compiled.Engine, StringComparison.Ordinal);
        Assert.Contains("conv1: Convolution", compiled.DescribePlan(new TensorShape(1, 3, 32, 32)), StringComparison.Ordinal);
    }

    /// <summary>The same engine without a way to pick candidates.</summary>
    private sealed class Broken() : nn.Module<Tensor, Tensor>(nameof(Broken))
    {
        public override Tensor forward(Tensor input) => throw new InvalidDataException("It is not to run.");
    }

    private sealed class WholeOutputs(CompiledModel inner) : IModelEngine
    {
        public string Description => inner.Engine;

        public string Describe(string stage, TensorShape input) => inner.DescribePlan(input);

        public IReadOnlyDictionary<string, HostTensor> Run(string stage, HostTensor input) => inner.Run(input);

        public void Dispose()
        {
        }
    }
}
