namespace DeepVision.FashionScenes.Tests;

public sealed class CounterRandomTests
{
    [Fact]
    public void NextIndex_ManyDraws_CoversTheRangeEvenly()
    {
        var random = new CounterRandom(1, 2, 3);
        var counts = new int[10];
        for (int i = 0; i < 100_000; i++)
        {
            counts[random.NextIndex(10)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500)); // five standard deviations
    }

    [Fact]
    public void NextUnit_ManyDraws_StaysBelowOneAroundOneHalf()
    {
        var random = new CounterRandom(1, 2, 3);
        double sum = 0;
        for (int i = 0; i < 100_000; i++)
        {
            double value = random.NextUnit();
            Assert.InRange(value, 0, 1 - (1.0 / (1L << 53)));
            sum += value;
        }

        Assert.InRange(sum / 100_000, 0.495, 0.505);
    }

    [Fact]
    public void Constructor_AnyOtherKey_GivesOtherNumbers()
    {
        ulong First(ulong seed, ulong index, ulong purpose) => new CounterRandom(seed, index, purpose).NextBits();

        ulong[] firsts = [First(1, 2, 3), First(2, 2, 3), First(1, 3, 3), First(1, 2, 4), First(2, 1, 3)];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }
}
