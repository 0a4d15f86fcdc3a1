namespace DeepVision.Cpu.Memory;

/// <summary>A buffer's length and the steps between which its content matters, both included.</summary>
internal readonly record struct BufferLifetime(long Floats, int FirstStep, int LastStep);

/// <summary>
/// Places buffers in one arena so that no two that live at the same time overlap: the largest first, each in the smallest gap
/// that holds it. Every buffer starts at a cache line, and not all at the same set of the caches.
/// </summary>
internal static class BufferPlanner
{
    private const long LineFloats = AlignedMemory.Alignment / sizeof(float);

    // Between neighbors, so that maps of a power of two of bytes do not begin at the same set.
    private const long SkewLines = 5;

    /// <summary>Finds each buffer's offset.</summary>
    /// <param name="buffers">The buffers.</param>
    /// <param name="arenaFloats">The arena's length.</param>
    internal static long[] Place(IReadOnlyList<BufferLifetime> buffers, out long arenaFloats)
    {
        var offsets = new long[buffers.Count];
        var placed = new List<int>();
        arenaFloats = 0;
        foreach (int index in Enumerable.Range(0, buffers.Count).OrderByDescending(i => buffers[i].Floats).ThenBy(i => i))
        {
            long size = Padded(buffers, index);
            offsets[index] = FindGap(buffers, offsets, placed, index, size);
            placed.Add(index);
            arenaFloats = Math.Max(arenaFloats, offsets[index] + size);
        }

        return offsets;
    }

    private static long Padded(IReadOnlyList<BufferLifetime> buffers, int index)
    {
        long lines = (buffers[index].Floats + LineFloats - 1) / LineFloats;
        return (lines + SkewLines) * LineFloats;
    }

    private static long FindGap(IReadOnlyList<BufferLifetime> buffers, long[] offsets, List<int> placed, int index, long size)
    {
        BufferLifetime buffer = buffers[index];
        long best = -1;
        long bestGap = long.MaxValue;
        long end = 0;
        foreach (int other in placed.Where(i => Overlap(buffers[i], buffer)).OrderBy(i => offsets[i]))
        {
            long gap = offsets[other] - end;
            if (gap >= size && gap < bestGap)
            {
                (best, bestGap) = (end, gap);
            }

            end = Math.Max(end, offsets[other] + Padded(buffers, other));
        }

        return best >= 0 ? best : end;
    }

    private static bool Overlap(BufferLifetime a, BufferLifetime b) => a.FirstStep <= b.LastStep && b.FirstStep <= a.LastStep;
}
