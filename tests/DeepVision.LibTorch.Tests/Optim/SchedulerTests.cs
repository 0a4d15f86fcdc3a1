using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace DeepVision.LibTorch.Tests.Optim;

public sealed class SchedulerTests
{
    private static readonly Dictionary<string, Func<Optimizer, LRScheduler>> Cases = new()
    {
        ["step"] = o => StepLR(o, 4, 0.5),
        ["multi_step"] = o => MultiStepLR(o, [3, 9, 20]),
        ["constant"] = o => ConstantLR(o, 0.25, 6),
        ["linear"] = o => LinearLR(o, 0.1, 1.0, 8),
        ["linear_down"] = o => LinearLR(o, 1.0, 0.05, 12),
        ["cosine"] = o => CosineAnnealingLR(o, 10, 0.001),
        ["lambda"] = o => LambdaLR(o, epoch => Math.Pow(0.95, epoch)),
        ["warm_up_then_cosine"] = o => SequentialLR(o, [LinearLR(o, 0.01, 1.0, 5), CosineAnnealingLR(o, 25)], [5]),
        ["three_in_sequence"] = o => SequentialLR(
            o, [ConstantLR(o, 0.1, 100), StepLR(o, 3, 0.5), LambdaLR(o, epoch => 1.0 / (epoch + 1))], [4, 13]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [LibTorchTheory]
    [MemberData(nameof(Names))]
    public void Schedule_ThirtyEpochs_EqualsPyTorch(string name)
    {
        var expected = Fixture.Read("schedules.json").GetProperty(name).EnumerateArray().Select(Fixture.Numbers).ToArray();
        using var a = nn.Parameter(zeros(1));
        using var b = nn.Parameter(zeros(1));
        using var optimizer = SGD(
            [new SGD.ParamGroup { Parameters = [a] }, new SGD.ParamGroup([b], new SGD.Options { LearningRate = 0.02 })], 0.1);
        var scheduler = Cases[name](optimizer);

        for (var epoch = 0; epoch < expected.Length; epoch++)
        {
            double[] rates = [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
            for (var group = 0; group < rates.Length; group++)
            {
                // Rates are doubles on both sides; recurrences round in their last digits.
                Assert.True(
                    Math.Abs(rates[group] - expected[epoch][group]) <= 1e-12,
                    $"epoch {epoch}, group {group}: expected {expected[epoch][group]:R}, found {rates[group]:R}");
            }

            Assert.Equal(rates, scheduler.get_last_lr());
            scheduler.step();
        }
    }

    [LibTorchFact]
    public void Step_ToAnEpoch_GivesThatEpochsRates()
    {
        using var a = nn.Parameter(zeros(1));
        foreach (var name in new[] { "step", "multi_step", "constant", "linear", "cosine", "lambda" })
        {
            var expected = Fixture.Read("schedules.json").GetProperty(name)[7][0].GetDouble();
            using var optimizer = SGD([a], 0.1);
            var scheduler = Cases[name](optimizer);

            scheduler.step(7);

            Assert.Equal(expected, optimizer.ParamGroups.Single().LearningRate, 1e-12);
        }
    }

    [LibTorchFact]
    public void SequentialLR_SchedulesThatDoNotFit_Throws()
    {
        using var a = nn.Parameter(zeros(1));
        using var optimizer = SGD([a], 0.1);
        using var other = SGD([a], 0.1);
        var schedule = StepLR(optimizer, 1);

        Assert.Throws<ArgumentException>(() => SequentialLR(optimizer, [schedule, schedule], []));
        Assert.Throws<ArgumentException>(() => SequentialLR(other, [schedule], []));
    }
}
