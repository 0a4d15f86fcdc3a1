using DeepVision.Torch.Training.Schedules;

namespace DeepVision.Tests.Torch.Training.Schedules;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Cosine_WithWarmup_IsTheirProduct()
    {
        var schedule = new CosineSchedule { WarmupSteps = 10 };
        for (int step = 0; step < 100; step++)
        {
            double expected = Math.Min(1, (step + 1) / 10.0) * 0.5 * (1 + Math.Cos(Math.PI * step / 100));
            Assert.Equal(expected, schedule.FactorAt(step, 100), 12);
        }
    }

    [Fact]
    public void Cosine_FinalFactor_IsReachedAfterTheLastStep()
    {
        var schedule = new CosineSchedule { FinalFactor = 0.1 };
        Assert.Equal(1, schedule.FactorAt(0, 50), 12);
        Assert.Equal(0.55, schedule.FactorAt(25, 50), 12);
        Assert.Equal(0.1, schedule.FactorAt(50, 50), 12);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 0.1)]
    [InlineData(79, 0.1)]
    [InlineData(80, 0.01)]
    public void Step_AtAMilestone_Falls(long step, double expected) =>
        Assert.Equal(expected, new StepSchedule { Milestones = [0.6, 0.8] }.FactorAt(step, 100), 12);

    [Fact]
    public void Warmup_FromAShare_IsLinear()
    {
        var schedule = new ConstantSchedule { WarmupSteps = 4, WarmupStart = 0.2 };
        double[] expected = [0.4, 0.6, 0.8, 1, 1];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(step => Math.Round(schedule.FactorAt(step, 5), 12)));
    }

    [Fact]
    public void Step_MilestonesThatDoNotAscend_AreAnError() =>
        Assert.Throws<ArgumentException>(() => new StepSchedule { Milestones = [0.8, 0.6] });

    [Fact]
    public void Warmup_Negative_IsAnError() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule { WarmupSteps = -1 });

    [Fact]
    public void Equals_OfStepSchedules_ComparesMilestonesOneByOne()
    {
        var schedule = new StepSchedule { Milestones = [0.25, 0.5] };
        var same = new StepSchedule { Milestones = [0.25, 0.5] };
        Assert.Equal(schedule, same);
        Assert.Equal(schedule.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(schedule, new StepSchedule { Milestones = [0.25, 0.6] });
        Assert.NotEqual(schedule, same with { Gamma = 0.2 });
        Assert.NotEqual(schedule, same with { WarmupSteps = 1 });
    }
}
