using DeepVision.Torch;
using DeepVision.Torch.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Tests.Torch.Training.Optimization;

/// <summary>What training makes in native memory is freed when it is disposed, and not whenever the collector comes by.</summary>
public sealed class NativeHandleTests
{
    [TorchFact]
    public void Average_Disposed_LeavesNoTensor()
    {
        using VisionModule module = SmallRun.Module();
        int entries = module.state_dict().Count;
        long before = Live;
        var average = new WeightAverage(module, new AverageOptions());
        Assert.Equal(before + entries, Live);
        average.Update(1);
        average.Swap();
        Assert.Equal(before + entries, Live);
        average.Dispose();
        Assert.Equal(before, Live);
    }

    [TorchTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Optimizer_Disposed_LeavesNoTensor(bool adam)
    {
        using var weight = nn.Parameter(ones(3, 2));
        weight.grad = ones(3, 2);
        OptimizerSpec spec = adam
            ? new AdamWSpec { LearningRate = 0.1, WeightDecay = 0.1 }
            : new SgdSpec { LearningRate = 0.1, WeightDecay = 0.1, Kind = MomentumKind.Nesterov };
        int kept = adam ? 2 : 1;
        long before = Live;
        ParameterOptimizer optimizer = spec.Create([new TrainedParameter("weight", weight, 1)]);
        Assert.Equal(before + kept, Live);
        optimizer.Step(0, 1);
        Assert.Equal(before + kept, Live);
        optimizer.Dispose();
        Assert.Equal(before, Live);
    }

    private static long Live => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
