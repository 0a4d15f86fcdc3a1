using DeepVision.Cpu.Memory;

namespace DeepVision.Tests.Cpu.Memory;

public sealed class BufferPlannerTests
{
    [Fact]
    public void Place_RandomLifetimes_NeverOverlapAndAreAligned()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            BufferLifetime[] buffers = [.. Enumerable.Range(0, 40).Select(i => RandomLifetime(i, seed))];
            long[] offsets = BufferPlanner.Place(buffers, out long arena);
            for (int a = 0; a < buffers.Length; a++)
            {
                Assert.Equal(0, offsets[a] % 16);
                Assert.True(offsets[a] + buffers[a].Floats <= arena);
                for (int b = 0; b < a; b++)
                {
                    bool together = buffers[a].FirstStep <= buffers[b].LastStep && buffers[b].FirstStep <= buffers[a].LastStep;
                    bool apart = offsets[a] + buffers[a].Floats <= offsets[b] || offsets[b] + buffers[b].Floats <= offsets[a];
                    Assert.True(!together || apart, $"seed {seed}: buffers {a} and {b} overlap.");
                }
            }
        }
    }

    [Fact]
    public void Place_Chain_UsesAboutTwoBuffers()
    {
        BufferLifetime[] chain = [.. Enumerable.Range(0, 30).Select(i => new BufferLifetime(100_000, i, i + 1))];
        BufferPlanner.Place(chain, out long arena);
        Assert.InRange(arena, 200_000, 205_000);
    }

    private static BufferLifetime RandomLifetime(int index, int seed)
    {
        int first = (int)((Noise.Value(index, seed) + 1) * 20);
        int length = (int)((Noise.Value(index, seed + 1000) + 1) * 5);
        long floats = (long)((Noise.Value(index, seed + 2000) + 1) * 5000) + 1;
        return new BufferLifetime(floats, first, first + length);
    }
}
