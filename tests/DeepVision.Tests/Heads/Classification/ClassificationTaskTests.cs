using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Heads;

public sealed class ClassificationTaskTests
{
    private static readonly ClassificationTask Task = new(["a", "b", "c"]);

    [Fact]
    public void Decode_OrdinaryLogits_IsSoftmaxBestFirst()
    {
        Classification[] found = Task.Decode([0, 2, 1], top: 2);

        double sum = 1 + Math.Exp(-1) + Math.Exp(-2);
        Assert.Equal(["b", "c"], found.Select(c => c.Label));
        Assert.Equal(1 / sum, found[0].Probability, 6);
        Assert.Equal(Math.Exp(-1) / sum, found[1].Probability, 6);
    }

    [Fact]
    public void Decode_NotANumber_IsLastAndLeavesTheOthersAlone()
    {
        Classification[] found = Task.Decode([1, float.NaN, 0], top: 3);

        Assert.Equal(["a", "c", "b"], found.Select(c => c.Label));
        Assert.Equal(Math.E / (1 + Math.E), found[0].Probability, 6);
        Assert.Equal(0, found[2].Probability);
    }

    [Fact]
    public void Decode_TwoInfiniteLogits_ShareTheProbability()
    {
        Classification[] found = Task.Decode([float.PositiveInfinity, 5, float.PositiveInfinity], top: 3);

        Assert.Equal([0.5f, 0.5f, 0f], found.Select(c => c.Probability));
    }

    [Fact]
    public void Decode_NothingFinite_IsZeroEverywhere() =>
        Assert.All(Task.Decode([float.NaN, float.NegativeInfinity, float.NaN], top: 3), c => Assert.Equal(0, c.Probability));

    [Fact]
    public void Decode_WrongNumberOfLogits_SaysBoth() =>
        Assert.Contains("3 logits; found 2", Assert.Throws<ArgumentException>(() => Task.Decode([1, 2], top: 1)).Message, StringComparison.Ordinal);
}
