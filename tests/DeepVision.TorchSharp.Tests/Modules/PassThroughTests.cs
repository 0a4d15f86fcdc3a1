using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tests.Torch.Components;
using DeepVision.Torch;
using DeepVision.Torch.Components;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Modules;

/// <summary>A module that gives its input on: what others hold is neither disposed nor overwritten, and nothing is left.</summary>
[Collection(AloneCollection.Name)]
public sealed class PassThroughTests
{
    private static readonly FeatureInfo C0 = FeatureInfo.BackboneMap(0, 3);
    private static readonly FeatureInfo C3 = FeatureInfo.BackboneMap(3, 4);

    [TorchFact]
    public void AsTheFirstNode_TappedAsAnOutput_LeavesTheInputToTheCaller()
    {
        using VisionModule module = Build([C0, C3], "C0", (scope, image) =>
        {
            GraphValue passed = scope.AddModule("pass", TorchModuleFactory.Of(() => new PassThrough()), 3, inputs: image);
            return [passed, scope.Convolution("conv", passed, Reducing)];
        });

        AssertLeavesItsInput(module, "C0");
    }

    [TorchFact]
    public void BetweenOthers_WithTwoReaders_IsHeldUntilTheLast()
    {
        using VisionModule module = Build([C3], "C3", (scope, image) =>
        {
            GraphValue made = scope.Convolution("conv", image, Reducing);
            GraphValue once = scope.AddModule("once", TorchModuleFactory.Of(() => new PassThrough()), 4, inputs: made);
            GraphValue twice = scope.AddModule("twice", TorchModuleFactory.Of(() => new PassThrough()), 4, inputs: once);
            return [scope.AddModule("last", TorchModuleFactory.Of(() => new PassThrough()), 4, inputs: scope.Add("sum", new Add(), twice, made))];
        });

        AssertLeavesItsInput(module, "C3");
    }

    [TorchFact]
    public void OfManyTensors_OfWhichOneIsRead_LeavesTheOthersToTheirHolders()
    {
        using VisionModule module = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 })
            .UseNeck(new TorchNeck(
                "as they are",
                features => [.. features.Select(feature => FeatureInfo.NeckMap(feature.Level, feature.Channels))],
                _ => TorchModuleFactory.Of(() => new PassAll())))
            .UseClassifier(2)
            .Tap("C3")
            .InitializeWeights()
            .BuildModule();

        AssertLeavesItsInput(module, "C3");
    }

    [TorchFact]
    public void OfTooFewTensors_IsRefusedAndLeavesTheInput()
    {
        using VisionModule module = VisionModel.Create()
            .UseBackbone(new TorchBackbone(
                "pyramid", [C3, FeatureInfo.BackboneMap(4, 4), FeatureInfo.BackboneMap(5, 4)], TorchModuleFactory.Of(() => new Pyramid(4, 4, 4))))
            .UseClassifier(2)
            .InitializeWeights()
            .BuildModule();
        using nn.Module old = module.Replace("module", new PassAlone());
        using Tensor input = rand(1, 3, 32, 32);

        var exception = Assert.Throws<InvalidOperationException>(() => module.call(input));

        Assert.Contains("gave 1 tensors; expected 3", exception.Message, StringComparison.Ordinal);
        Assert.False(input.IsInvalid);
    }

    [TorchFact]
    public void InALayersPlace_BeforeASumInPlace_LeavesTheInputAsItIs()
    {
        using VisionModule module = Build([C0], "C0", (scope, image) =>
            [scope.Add("sum", new Add(), scope.Convolution("conv", image, new Convolution { OutChannels = 3, Kernel = 1 }), image)]);
        using nn.Module old = module.Replace("conv", new PassThrough());

        AssertLeavesItsInput(module, "C0");
    }

    [TorchFact]
    public void InALayersPlace_WithAFusedActivation_LeavesTheInputAsItIs()
    {
        using VisionModule module = Build([C0], "C0", (scope, image) =>
            [scope.Convolution("conv", image, new Convolution { OutChannels = 3, Kernel = 1, Activation = Activation.Relu })]);
        using nn.Module old = module.Replace("conv", new PassThrough());

        AssertLeavesItsInput(module, "C0");
    }

    private static Convolution Reducing => new() { OutChannels = 4, Kernel = 8, Stride = 8 };

    private static VisionModule Build(
        IReadOnlyList<FeatureInfo> features, string tap, Func<GraphScope, GraphValue, IReadOnlyList<GraphValue>> build) => VisionModel.Create()
        .UseBackbone(new Drawn(features, build))
        .UseClassifier(2)
        .Tap(tap)
        .InitializeWeights()
        .BuildModule();

    private static void AssertLeavesItsInput(VisionModule module, string tap)
    {
        module.eval();
        using var noGrad = no_grad();
        using Tensor noise = rand(2, 3, 32, 32);
        using Tensor input = noise.sub(0.5f);
        using Tensor before = input.clone();

        // What other tests left to their finalizers must not be freed in between.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long live = Tensor.TotalCount;

        IReadOnlyDictionary<string, Tensor> outputs = module.call(input);
        Assert.Contains(tap, outputs.Keys);
        foreach (Tensor output in outputs.Values)
        {
            Assert.False(output.IsInvalid);
        }

        foreach (Tensor output in outputs.Values)
        {
            output.Dispose();
        }

        Assert.Equal(live, Tensor.TotalCount);
        Assert.False(input.IsInvalid);
        Assert.True(input.allclose(before, rtol: 0, atol: 0));
    }

    private sealed class PassThrough() : nn.Module<Tensor, Tensor>(nameof(PassThrough))
    {
        public override Tensor forward(Tensor input) => input;
    }

    private sealed class PassAlone() : nn.Module<Tensor, Tensor[]>(nameof(PassAlone))
    {
        public override Tensor[] forward(Tensor input) => [input];
    }

    private sealed class PassAll() : nn.Module<Tensor[], Tensor[]>(nameof(PassAll))
    {
        public override Tensor[] forward(Tensor[] input) => input;
    }

    /// <summary>A backbone as a test draws it.</summary>
    private sealed class Drawn(IReadOnlyList<FeatureInfo> features, Func<GraphScope, GraphValue, IReadOnlyList<GraphValue>> build) : Backbone
    {
        public override string Name => "drawn";

        public override IReadOnlyList<FeatureInfo> Features => features;

        public override IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image) => build(scope, image);
    }
}
