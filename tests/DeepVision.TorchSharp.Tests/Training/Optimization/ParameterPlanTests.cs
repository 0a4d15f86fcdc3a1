using DeepVision.Torch;
using DeepVision.Torch.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;

namespace DeepVision.Tests.Torch.Training.Optimization;

public sealed class ParameterPlanTests
{
    [TorchFact]
    public void FrozenUpTo_AStage_FreezesItAndWhatComesBefore()
    {
        using VisionModule module = SmallRun.Module();
        var plan = new ParameterPlan(module, new ParameterOptions { FrozenUpTo = "layer1" });
        plan.EnterTraining();
        Assert.All(plan.Trained, parameter => Assert.DoesNotContain(parameter.Name.Split('.')[0], new[] { "conv1", "bn1", "layer1" }));
        Assert.Contains(plan.Trained, parameter => parameter.Name == "layer2.0.conv1.weight");
        Assert.False(module.Find("bn1").training);
        Assert.False(module.Find("layer1.0.bn1").training);
        Assert.True(module.Find("layer2.0.bn1").training);
        Assert.False(module.get_parameter("conv1.weight")!.requires_grad);
    }

    [TorchFact]
    public void Frozen_AnUnknownPart_IsAnErrorThatSaysWhatThereIs()
    {
        using VisionModule module = SmallRun.Module();
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ParameterPlan(module, new ParameterOptions { Frozen = ["layer9", "layer1"] }));
        Assert.Contains("no parameters under 'layer9'. It has some under: conv1, bn1, layer1.0.conv1", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Frozen_Everything_IsAnError()
    {
        using VisionModule module = SmallRun.Module();
        Assert.Throws<ArgumentException>(() => new ParameterPlan(module, new ParameterOptions { Frozen = [""] }));
    }

    [TorchTheory]
    [InlineData(BatchNormTraining.Learn, true, true)]
    [InlineData(BatchNormTraining.KeepStatistics, false, true)]
    [InlineData(BatchNormTraining.Frozen, false, false)]
    public void BatchNorm_Mode_DecidesStatisticsAndWeights(BatchNormTraining mode, bool training, bool learnt)
    {
        using VisionModule module = SmallRun.Module();
        var plan = new ParameterPlan(module, new ParameterOptions { BatchNorm = mode });
        plan.EnterTraining();
        Assert.All(module.named_modules().Where(entry => entry.module is BatchNorm2d), entry => Assert.Equal(training, entry.module.training));
        Assert.Equal(learnt, plan.Trained.Any(parameter => parameter.Name == "bn1.weight"));
        Assert.Contains(plan.Trained, parameter => parameter.Name == "conv1.weight");
    }

    [TorchFact]
    public void LayerDecay_ByStage_FallsTowardsTheInput()
    {
        using VisionModule module = SmallRun.Module();
        LayerDecay decay = LayerDecay.ByStage(0.5, module, "");
        var plan = new ParameterPlan(module, new ParameterOptions { LayerDecay = decay, RateFactors = new Dictionary<string, double> { ["layer2"] = 3, ["layer2.1"] = 7 } });
        Dictionary<string, double> factors = plan.Trained.ToDictionary(parameter => parameter.Name, parameter => parameter.RateFactor);
        Assert.Equal(["conv1,bn1", "layer1", "layer2", "layer3"], decay.Layers.Take(4));
        double last = Math.Pow(0.5, decay.Layers.Count - 4);
        Assert.Equal(0.125 * last, factors["conv1.weight"], 12);
        Assert.Equal(0.125 * last, factors["bn1.bias"], 12);
        Assert.Equal(0.25 * last, factors["layer1.0.conv1.weight"], 12);
        Assert.Equal(3 * 0.5 * last, factors["layer2.0.conv1.weight"], 12);
        Assert.Equal(7 * 0.5 * last, factors["layer2.1.conv1.weight"], 12);
        Assert.Equal(1, factors["linear.weight"], 12);
    }

    [TorchFact]
    public void EnterTraining_Dropout_DropsAndEvalDoesNot()
    {
        using VisionModule module = SmallRun.Module(dropout: 0.5f);
        var plan = new ParameterPlan(module, new ParameterOptions { BatchNorm = BatchNormTraining.KeepStatistics });
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor input = torch.ones(2, 3, 12, 12);
        float[] Logits() => module.call(input)["logits"].detach().data<float>().ToArray();

        plan.EnterTraining();
        Assert.NotEqual(Logits(), Logits());
        module.eval();
        Assert.Equal(Logits(), Logits());
    }
}
