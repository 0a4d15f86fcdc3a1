namespace DeepVision.Preprocessing.Resampling;

/// <summary>Rows that do not depend on each other, worked on by some threads where there is enough to do.</summary>
internal static class RowBands
{
    // Below so many bytes to read for each thread, starting it takes longer than it saves.
    private const long LeastBytes = 512 * 1024;

    // A thread that the system holds up leaves its further bands to the others.
    private const int BandsPerThread = 4;

    /// <summary>Calls the work with each band's first row and the row behind its last.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="bytes">Bytes that the work on all rows reads.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="work">The work.</param>
    public static void Run(int rows, long bytes, int threads, Action<int, int> work)
    {
        threads = (int)Math.Min(threads, bytes / LeastBytes);
        if (threads <= 1)
        {
            work(0, rows);
            return;
        }

        int bands = Math.Min(rows, threads * BandsPerThread);
        Parallel.For(0, bands, new ParallelOptions { MaxDegreeOfParallelism = threads }, band =>
            work((int)((long)rows * band / bands), (int)((long)rows * (band + 1) / bands)));
    }
}
