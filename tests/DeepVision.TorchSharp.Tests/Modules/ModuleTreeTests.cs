using DeepVision.Tensors;
using DeepVision.Tests.Parity;
using DeepVision.Torch;
using DeepVision.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>The module tree behaves as a TorchSharp user expects.</summary>
public sealed class ModuleTreeTests
{
    private static readonly HostTensor Image = ParityImages.Batch(2, 64, 64);

    [TorchFact]
    public void Hook_OnLayer4_FiresWithItsOutput()
    {
        using VisionModule module = Build("resnet18");
        long[]? shape = null;
        var layer = (nn.Module<Tensor, Tensor>)module.Find("layer4");
        var hook = layer.register_forward_hook((_, _, output) =>
        {
            shape = output.shape;
            return output;
        });

        module.Predict(Image);
        Assert.Equal([2, 512, 2, 2], shape!);

        hook.remove();
        shape = null;
        module.Predict(Image);
        Assert.Null(shape);
    }

    [TorchFact]
    public void Hook_OnBlockAndLeaf_CanChangeTheOutput()
    {
        using VisionModule module = Build("resnet18");
        ((nn.Module<Tensor, Tensor>)module.Find("layer4.1")).register_forward_hook((_, _, output) => output.mul(0));
        ((nn.Module<Tensor, Tensor>)module.Find("fc")).register_forward_hook((_, _, output) => output.add(1));

        HostTensor logits = module.Predict(Image)["logits"];

        float[] bias = module.get_parameter("fc.bias")!.ToHost().Values.ToArray();
        Assert.Equal(bias.Select(value => value + 1), logits.Values[..1000].ToArray());
    }

    [TorchFact]
    public void Hook_OnSharedHead_FiresOnceALevel()
    {
        using VisionModule module = Build("retinanet_resnet50_fpn");
        int calls = 0;
        ((nn.Module<Tensor, Tensor>)module.Find("head.classification_head.conv")).register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });

        module.Predict(Image);

        Assert.Equal(5, calls);
    }

    [TorchTheory]
    [InlineData("resnet50", "layer1.0.downsample")]
    [InlineData("vgg11_bn", "features")]
    [InlineData("retinanet_resnet50_fpn", "backbone.fpn.inner_blocks.0")]
    [InlineData("retinanet_resnet50_fpn", "head.regression_head.conv")]
    [InlineData("cifar_resnet20", "layer2.1")]
    public void Containers_OfOneTensor_AreModulesWithAForward(string model, string path)
    {
        using VisionModule module = Build(model);

        Assert.IsAssignableFrom<nn.Module<Tensor, Tensor>>(module.Find(path));
    }

    [TorchTheory]
    [InlineData("backbone")]
    [InlineData("backbone.body")]
    [InlineData("backbone.fpn")]
    public void Containers_OfSeveralTensors_AreModulesWithAForward(string path)
    {
        using VisionModule module = Build("retinanet_resnet50_fpn");

        Assert.True(module.Find(path) is nn.Module<Tensor[], Tensor[]>);
    }

    [TorchTheory]
    [InlineData("backbone.fpn.inner_blocks")]
    [InlineData("backbone.fpn.layer_blocks")]
    public void Containers_ThatPyTorchDoesNotCall_OnlyHoldChildren(string path)
    {
        using VisionModule module = Build("retinanet_resnet50_fpn");

        Assert.IsType<ModuleHolder>(module.Find(path));
    }

    [TorchFact]
    public void Replace_Classifier_GivesTheNewOnesOutput()
    {
        using VisionModule module = Build("resnet18");
        using nn.Module old = module.Replace("fc", nn.Linear(512, 7));

        Assert.IsType<Linear>(old);
        Assert.Equal(new TensorShape(2, 7), module.Predict(Image)["logits"].Shape);
        Assert.Equal([7, 512], module.state_dict()["fc.weight"].shape);
        Assert.Equal("fc", module.named_children().Last().name);
    }

    [TorchFact]
    public void Replace_InsideAUsersModule_SaysToReplaceItAsAWhole()
    {
        using VisionModule module = Build("resnet18");
        using nn.Module old = module.Replace("fc", nn.Sequential(nn.Linear(512, 4), nn.Linear(4, 2)));
        using var layer = nn.Linear(512, 8);

        ArgumentException error = Assert.Throws<ArgumentException>(() => module.Replace("fc.0", layer));

        Assert.Contains("'fc.0' stands inside 'fc', a Sequential", error.Message, StringComparison.Ordinal);
        Assert.Equal(new TensorShape(2, 2), module.Predict(Image)["logits"].Shape);
    }

    [TorchFact]
    public void RegisterModule_UnderATakenName_ReplacesInPlace()
    {
        using VisionModule module = Build("resnet18");

        module.register_module("layer3", nn.Sequential(nn.Conv2d(128, 512, 1)));
        module.register_module("layer4", nn.Identity());

        Assert.Equal(new TensorShape(2, 1000), module.Predict(Image)["logits"].Shape);
        Assert.Equal(["layer2", "layer3", "layer4", "avgpool", "fc"], module.named_children().Select(child => child.name).Skip(5));
    }

    [TorchFact]
    public void Replace_VggsWholeClassifier_LeavesOutTheEmbedding()
    {
        using VisionModule module = Build("vgg11");
        using nn.Module old = module.Replace("classifier", nn.Linear(512 * 49, 3));

        Dictionary<string, HostTensor> outputs = module.Predict(Image);

        Assert.Equal(["logits"], outputs.Keys);
        Assert.Equal(new TensorShape(2, 3), outputs["logits"].Shape);
    }

    [TorchFact]
    public void Forward_WithARemovedChild_NamesIt()
    {
        using VisionModule module = Build("resnet18");
        module.register_module("layer2", null!);

        var exception = Assert.Throws<InvalidOperationException>(() => module.Predict(Image));

        Assert.Contains("'layer2'", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Backward_WithAFrozenStage_GivesTheRestGradients()
    {
        using VisionModule module = Build("resnet18");
        module.train();
        foreach (Parameter parameter in module.Find("layer1").parameters().Concat(module.Find("conv1").parameters()))
        {
            parameter.requires_grad = false;
        }

        using (NewDisposeScope())
        {
            module.call(Image.ToTorch())["logits"].sum().backward();
        }

        Dictionary<string, Parameter> parameters = module.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.True(parameters["layer1.0.conv1.weight"].grad is null);
        Assert.True(parameters["layer2.0.conv1.weight"].grad is not null);
        Assert.True(parameters["fc.bias"].grad is not null);
    }

    [TorchFact]
    public void Train_BatchNorm_UpdatesItsStatistics_FrozenOneDoesNot()
    {
        using VisionModule plain = Build("resnet18");
        using VisionModule frozen = Build("retinanet_resnet50_fpn");
        long steps = plain.state_dict()["bn1.num_batches_tracked"].item<long>();
        float[] before = frozen.state_dict()["backbone.body.bn1.running_mean"].ToHost().Values.ToArray();
        plain.train();
        frozen.train();
        using (NewDisposeScope())
        {
            plain.call(Image.ToTorch());
            frozen.call(Image.ToTorch());
        }

        Assert.Equal(steps + 1, plain.state_dict()["bn1.num_batches_tracked"].item<long>());
        Assert.Equal(before, frozen.state_dict()["backbone.body.bn1.running_mean"].ToHost().Values.ToArray());
    }

    [TorchFact]
    public void Dropout_DropsInTraining_NotInEvaluation()
    {
        using VisionModule module = Build("vgg11");
        module.eval();
        Assert.Equal(Embed(), Embed());

        module.train();
        Assert.NotEqual(Embed(), Embed());

        float[] Embed()
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            return module.call(Image.ToTorch())["logits"].ToHost().Values.ToArray();
        }
    }

    [TorchFact]
    public void To_Float64_ConvertsParametersAndBuffersButNoCount()
    {
        using VisionModule module = Build("retinanet_resnet50_fpn");
        HostTensor expected = module.Predict(Image)["cls_logits.P3"];

        module.to(ScalarType.Float64);

        Assert.All(module.state_dict().Where(e => !e.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)), e => Assert.Equal(ScalarType.Float64, e.Value.dtype));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Agreement.AssertClose(expected, module.call(Image.ToTorch().to(ScalarType.Float64))["cls_logits.P3"].ToHost(), 2e-5, "float64");
    }

    [TorchFact]
    public void Forward_FrozenNormWithEpsilonZero_IsFinite()
    {
        using VisionModule module = Build("retinanet_resnet50_fpn");

        Assert.All(module.Predict(Image)["cls_logits.P3"].Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    private static VisionModule Build(string name)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.FromPreset(name));
        return model.ToTorchSharp();
    }
}
