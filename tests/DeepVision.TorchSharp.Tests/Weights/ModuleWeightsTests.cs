using DeepVision.Prediction;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Tests.Torch.Training;
using DeepVision.Torch;
using DeepVision.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Weights;

/// <summary>Weights between modules, files and models.</summary>
public sealed class ModuleWeightsTests
{
    private static readonly HostTensor Image = ParityImages.Batch(2, 33, 47);

    [TorchTheory]
    [InlineData("weights.safetensors")]
    [InlineData("weights.pth")]
    public void SaveWeights_ThenLoad_GivesTheSameBits(string file)
    {
        using var folder = new TemporaryFolder();
        using VisionModule source = Build();
        using VisionModule target = VisionModel.FromPreset("cifar_resnet20").InitializeWeights(3).BuildModule();
        source.state_dict()["bn1.num_batches_tracked"].add_(12);

        source.SaveWeights(folder.PathOf(file));
        WeightReport report = target.LoadWeights(folder.PathOf(file));

        Assert.Equal(source.state_dict().Count, report.Loaded.Count);
        Assert.Equal(source.state_dict()["bn1.num_batches_tracked"].item<long>(), target.state_dict()["bn1.num_batches_tracked"].item<long>());
        Assert.Equal(source.Predict(Image)["logits"].Values.ToArray(), target.Predict(Image)["logits"].Values.ToArray());
    }

    [TorchTheory]
    [InlineData("weights.safetensors", ScalarType.Float64)]
    [InlineData("weights.safetensors", ScalarType.Float16)]
    [InlineData("weights.safetensors", ScalarType.BFloat16)]
    [InlineData("weights.pth", ScalarType.Float64)]
    [InlineData("weights.pth", ScalarType.Float16)]
    [InlineData("weights.pth", ScalarType.BFloat16)]
    public void SaveWeights_OfAnotherType_ThenLoad_GivesTheSameBits(string file, ScalarType type)
    {
        using var folder = new TemporaryFolder();
        using VisionModule source = Build();
        using VisionModule target = VisionModel.FromPreset("cifar_resnet20").InitializeWeights(3).BuildModule();
        source.to(type);
        target.to(type);
        using (IDisposable noGrad = no_grad())
        {
            // Thirds need every bit that a type has, and a count above 2^24 more than float32 has.
            source.state_dict()["conv1.weight"].div_(3);
            source.state_dict()["bn1.num_batches_tracked"].add_((1L << 40) + 1);
        }

        source.SaveWeights(folder.PathOf(file));
        target.LoadWeights(folder.PathOf(file));

        Assert.Equal(ModuleStates.Bits(source), ModuleStates.Bits(target));
        using WeightFile written = WeightFile.Open(folder.PathOf(file));
        Assert.Equal(type.ToString(), written.Tensors["conv1.weight"].Type.ToString());
    }

    [TorchFact]
    public void SaveWeights_UnknownExtension_IsAnError()
    {
        using VisionModule module = Build();

        Assert.Contains(".safetensors", Assert.Throws<ArgumentException>(() => module.SaveWeights("weights.bin")).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void LoadWeights_OfAnotherShape_ReportsEverything()
    {
        using var folder = new TemporaryFolder();
        using VisionModule source = Build();
        using VisionModule target = Build();
        source.SaveWeights(folder.PathOf("weights.pth"));
        target.Replace("linear", nn.Linear(64, 3)).Dispose();
        target.Replace("bn1", nn.Identity()).Dispose();

        WeightsException exception = Assert.Throws<WeightsException>(() => target.LoadWeights(folder.PathOf("weights.pth")));

        Assert.Contains("linear.weight", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3x64", exception.Message, StringComparison.Ordinal);
        Assert.Contains("bn1.running_var", exception.Message, StringComparison.Ordinal);

        WeightReport report = target.LoadWeights(
            folder.PathOf("weights.pth"),
            new WeightLoadOptions { UnexpectedKeys = MismatchPolicy.Report, WrongShapes = MismatchPolicy.Report });
        Assert.Equal(["linear.weight", "linear.bias"], report.WrongShapes.Select(wrong => wrong.Key));
        Assert.Equal(5, report.Unexpected.Count);
    }

    [TorchTheory]
    [InlineData("fashion_resnet20")]
    [InlineData("fashion_scenes_retinanet")]
    public void ToVisionModel_AfterAStep_GivesTheModulesOutputOnTheCpuEngine(string preset)
    {
        using VisionModule module = VisionModel.FromPreset(preset).InitializeWeights(5).BuildModule();
        HostTensor image = ParityImages.Batch(2, 64, 64);
        float[] before = FirstNorm(module);
        module.train();
        var optimizer = optim.SGD(module.parameters(), 0.01, momentum: 0.9);
        using (NewDisposeScope())
        {
            IReadOnlyDictionary<string, Tensor> outputs = module.call(image.ToTorch());
            outputs.Values.Select(output => output.square().mean()).Aggregate((a, b) => a + b).backward();
            optimizer.step();
        }

        Assert.NotEqual(before, FirstNorm(module));
        Dictionary<string, HostTensor> expected = module.Predict(image);
        using VisionModel model = module.ToVisionModel();
        using CompiledModel compiled = model.CompileForCpu();
        foreach ((string name, HostTensor found) in compiled.Run(image))
        {
            Agreement.AssertClose(expected[name], found, 2e-5, name);
        }
    }

    [TorchFact]
    public void ToVisionModel_OfAReplacedHead_NamesWhatDiffers()
    {
        using VisionModule module = Build();
        module.Replace("linear", nn.Linear(64, 3)).Dispose();

        WeightsException exception = Assert.Throws<WeightsException>(module.ToVisionModel);

        Assert.Contains("'linear.weight' has shape 3x64, expected 10x64", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void BuildModule_SameSeed_GivesTheSameValues_AndWithoutOneAsksForWeights()
    {
        using VisionModule one = VisionModel.FromPreset("cifar_resnet20").InitializeWeights(9).BuildModule();
        using VisionModule two = VisionModel.FromPreset("cifar_resnet20").InitializeWeights(9).BuildModule();
        using VisionModule other = VisionModel.FromPreset("cifar_resnet20").InitializeWeights(10).BuildModule();

        Assert.Equal(one.state_dict()["conv1.weight"].ToHost().Values.ToArray(), two.state_dict()["conv1.weight"].ToHost().Values.ToArray());
        Assert.NotEqual(one.state_dict()["conv1.weight"].ToHost().Values.ToArray(), other.state_dict()["conv1.weight"].ToHost().Values.ToArray());
        Assert.Contains("InitializeWeights", Assert.Throws<WeightsException>(() => VisionModel.FromPreset("cifar_resnet20").BuildModule()).Message, StringComparison.Ordinal);
    }

    private static float[] FirstNorm(VisionModule module) =>
        module.named_parameters().First(parameter => parameter.name.EndsWith("bn1.weight", StringComparison.Ordinal)).parameter.ToHost().Values.ToArray();

    private static VisionModule Build()
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset("cifar_resnet20"));
        return model.ToTorchSharp();
    }
}
