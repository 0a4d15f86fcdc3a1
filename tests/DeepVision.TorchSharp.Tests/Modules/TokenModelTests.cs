using DeepVision.Heads;
using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>A model with parameters in containers is built, trained, saved, loaded and folded like any other.</summary>
public sealed class TokenModelTests
{
    private static readonly HostTensor Images = ParityImages.Batch(2, 64, 64);

    [TorchTheory]
    [InlineData("weights.pth")]
    [InlineData("weights.safetensors")]
    public void SaveWeights_ThenLoad_GivesTheSameBits(string file)
    {
        using var folder = new TemporaryFolder();
        using VisionModule source = Build(1);
        using VisionModule target = Build(2);
        HostTensor expected = source.Predict(Images)["logits"];
        Assert.NotEqual(expected.Values.ToArray(), target.Predict(Images)["logits"].Values.ToArray());

        source.SaveWeights(folder.PathOf(file));
        target.LoadWeights(folder.PathOf(file));

        Assert.Equal(expected.Values.ToArray(), target.Predict(Images)["logits"].Values.ToArray());
    }

    [TorchFact]
    public void ToVisionModel_AfterAStep_GivesTheSameModuleAgain()
    {
        using VisionModule module = Build(1);
        float[] before = module.get_parameter("block.layer_scale")!.ToHost().Values.ToArray();
        Step(module);
        Assert.NotEqual(before, module.get_parameter("block.layer_scale")!.ToHost().Values.ToArray());

        using VisionModel model = module.ToVisionModel();
        using VisionModule again = model.ToTorchSharp();

        Assert.Equal(module.Predict(Images)["logits"].Values.ToArray(), again.Predict(Images)["logits"].Values.ToArray());
    }

    [TorchTheory]
    [InlineData(TorchBatchNorm.Folded, TorchMemoryFormat.Contiguous)]
    [InlineData(TorchBatchNorm.Folded, TorchMemoryFormat.ChannelsLast)]
    [InlineData(TorchBatchNorm.Separate, TorchMemoryFormat.Contiguous)]
    public void InferenceModule_GivesTheTrainedModulesOutput(TorchBatchNorm norm, TorchMemoryFormat format)
    {
        using VisionModule module = Build(1);
        Step(module);
        using VisionModel model = module.ToVisionModel();
        using VisionModule inference = model.ToTorchSharp(new TorchOptions { BatchNorm = norm, MemoryFormat = format });

        Assert.All(inference.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.Equal(norm == TorchBatchNorm.Separate, inference.state_dict().ContainsKey("stem.1.weight"));
        Assert.DoesNotContain(inference.Graph.Nodes, node => node.Path == "block.stochastic_depth");
        Agreement.AssertClose(module.Predict(Images)["logits"], inference.Predict(Images)["logits"], 1e-5, "inference");
    }

    [TorchFact]
    public void Training_WithFrozenStages_LeavesTheirParametersAlone()
    {
        using VisionModule module = Build(1);
        foreach (Parameter parameter in module.Find("block").parameters().Append(module.get_parameter("class_token")!))
        {
            parameter.requires_grad = false;
        }

        Step(module);

        Assert.Null(module.get_parameter("block.layer_scale")!.grad);
        Assert.Null(module.get_parameter("class_token")!.grad);
        Assert.NotNull(module.get_parameter("encoder.pos_embedding")!.grad);
        Assert.NotNull(module.get_parameter("fusion.weights")!.grad);
        Assert.NotNull(module.get_parameter("stem.0.weight")!.grad);
    }

    [TorchFact]
    public void Replace_TheBlockAroundAParameter_TakesThatAway()
    {
        using VisionModule module = Build(1);
        using nn.Module old = module.Replace("block", nn.Identity());

        Assert.Equal(new TensorShape(2, 3), module.Predict(Images)["logits"].Shape);
        Assert.DoesNotContain("block.layer_scale", module.state_dict().Keys);
        Assert.NotNull(old.get_parameter("layer_scale"));
    }

    private static VisionModule Build(ulong seed) =>
        VisionModel.Create().UseBackbone(new TokenBackbone()).UseClassifier(3).InitializeWeights(seed).BuildModule();

    private static void Step(VisionModule module)
    {
        module.train();

        // Of two images it may drop both, and then the block learns nothing.
        module.Find("block.stochastic_depth").eval();
        using var scope = NewDisposeScope();
        var optimizer = optim.SGD(module.parameters().Where(parameter => parameter.requires_grad), 0.05);
        module.call(Images.ToTorch())["logits"].square().sum().backward();
        optimizer.step();
    }
}
