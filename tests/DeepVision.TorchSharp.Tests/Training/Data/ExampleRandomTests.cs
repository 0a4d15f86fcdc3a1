using DeepVision.Torch.Training.Data;

namespace DeepVision.Tests.Torch.Training.Data;

public sealed class ExampleRandomTests
{
    [Fact]
    public void Numbers_AreAFunctionOfSeedEpochAndIndex()
    {
        ulong[] first = Draw(1, 2, 3);
        Assert.Equal(first, Draw(1, 2, 3));
        Assert.NotEqual(first, Draw(2, 2, 3));
        Assert.NotEqual(first, Draw(1, 3, 3));
        Assert.NotEqual(first, Draw(1, 2, 4));
    }

    [Fact]
    public void NextUnit_ManyDraws_AreSpreadEvenly()
    {
        var random = new ExampleRandom(5, 0, 0);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextUnit())];
        Assert.All(values, value => Assert.InRange(value, 0, 0.9999999999999999));
        Assert.InRange(values.Average(), 0.49, 0.51);
        Assert.InRange(values.Count(value => value < 0.1), 1800, 2200);
    }

    [Fact]
    public void NextIndex_ManyDraws_GiveEachAboutEquallyOften()
    {
        var random = new ExampleRandom(5, 1, 9);
        int[] counts = new int[7];
        for (int i = 0; i < 14_000; i++)
        {
            counts[random.NextIndex(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 1800, 2200));
    }

    [Fact]
    public void Shuffle_EveryOrderComes()
    {
        var orders = new HashSet<string>();
        for (int i = 0; i < 200; i++)
        {
            int[] order = [0, 1, 2];
            new ExampleRandom(1, 0, i).Shuffle(order.AsSpan());
            orders.Add(string.Concat(order));
        }

        Assert.Equal(6, orders.Count);
    }

    private static ulong[] Draw(ulong seed, long epoch, long index)
    {
        var random = new ExampleRandom(seed, epoch, index);
        return [random.NextBits(), random.NextBits(), random.NextBits()];
    }
}
