using DeepVision.Threading;

namespace DeepVision.Tests.Threading;

public sealed class TeamLoopTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(1000, 1)]
    [InlineData(1000, 4)]
    public void Run_AnyThreads_TakesEachIndexOnce(int count, int threads)
    {
        var taken = new int[count];

        TeamLoop.Run(count, threads, index => Interlocked.Increment(ref taken[index]));

        Assert.All(taken, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_BodyThrows_ThrowsItHere(int threads)
    {
        var exception = Assert.Throws<InvalidDataException>(() =>
            TeamLoop.Run(100, threads, index => _ = index == 7 ? throw new InvalidDataException("seven") : index));

        Assert.Equal("seven", exception.Message);
    }
}
