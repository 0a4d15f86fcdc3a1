namespace DeepVision.Tests.Detections;

/// <summary>Bytes that a call allocates on this thread once pools are filled.</summary>
internal static class Allocations
{
    /// <summary>The least of several runs: a collection in between may empty the shared pools.</summary>
    public static long Warm(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 6; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
