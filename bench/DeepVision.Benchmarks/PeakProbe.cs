using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepVision.Benchmarks;

/// <summary>What one core can do at this moment: fused multiply-adds on registers only.</summary>
internal static class PeakProbe
{
    private const int Rounds = 100_000;

    /// <summary>Multiply-adds of one probe.</summary>
    internal static double MultiplyAdds => Rounds * 10.0 * (Avx512F.IsSupported ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4);

    /// <summary>Multiply-adds a second on this thread: the best of five short probes.</summary>
    internal static double Measure()
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Sink = Avx512F.IsSupported ? Run512() : Vector256.IsHardwareAccelerated ? Run256() : Run128();
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            best = time < best ? time : best;
        }

        return MultiplyAdds / best.TotalSeconds;
    }

    /// <summary>Multiply-adds a second that so many threads do together at most: the sum of what each does while all are at it.</summary>
    internal static double Measure(int threads)
    {
        var rates = new double[threads];
        using var barrier = new Barrier(threads);
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(worker => new Thread(() => Probe(worker)))];
        foreach (Thread other in others)
        {
            other.Start();
        }

        Probe(0);
        foreach (Thread other in others)
        {
            other.Join();
        }

        return rates.Sum();

        void Probe(int worker)
        {
            barrier.SignalAndWait();
            rates[worker] = Measure();
        }
    }

    internal static float Sink { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512()
    {
        Vector512<float> a = Vector512.Create(1f), b = Vector512.Create(0.5f);
        Vector512<float> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a;
        for (int i = Rounds; i > 0; i--)
        {
            c0 = Avx512F.FusedMultiplyAdd(a, b, c0);
            c1 = Avx512F.FusedMultiplyAdd(a, b, c1);
            c2 = Avx512F.FusedMultiplyAdd(a, b, c2);
            c3 = Avx512F.FusedMultiplyAdd(a, b, c3);
            c4 = Avx512F.FusedMultiplyAdd(a, b, c4);
            c5 = Avx512F.FusedMultiplyAdd(a, b, c5);
            c6 = Avx512F.FusedMultiplyAdd(a, b, c6);
            c7 = Avx512F.FusedMultiplyAdd(a, b, c7);
            c8 = Avx512F.FusedMultiplyAdd(a, b, c8);
            c9 = Avx512F.FusedMultiplyAdd(a, b, c9);
        }

        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256()
    {
        Vector256<float> a = Vector256.Create(1f), b = Vector256.Create(0.5f);
        Vector256<float> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a;
        for (int i = Rounds; i > 0; i--)
        {
            c0 = Vector256.FusedMultiplyAdd(a, b, c0);
            c1 = Vector256.FusedMultiplyAdd(a, b, c1);
            c2 = Vector256.FusedMultiplyAdd(a, b, c2);
            c3 = Vector256.FusedMultiplyAdd(a, b, c3);
            c4 = Vector256.FusedMultiplyAdd(a, b, c4);
            c5 = Vector256.FusedMultiplyAdd(a, b, c5);
            c6 = Vector256.FusedMultiplyAdd(a, b, c6);
            c7 = Vector256.FusedMultiplyAdd(a, b, c7);
            c8 = Vector256.FusedMultiplyAdd(a, b, c8);
            c9 = Vector256.FusedMultiplyAdd(a, b, c9);
        }

        return Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run128()
    {
        Vector128<float> a = Vector128.Create(1f), b = Vector128.Create(0.5f);
        Vector128<float> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a;
        for (int i = Rounds; i > 0; i--)
        {
            c0 += a * b;
            c1 += a * b;
            c2 += a * b;
            c3 += a * b;
            c4 += a * b;
            c5 += a * b;
            c6 += a * b;
            c7 += a * b;
            c8 += a * b;
            c9 += a * b;
        }

        return Vector128.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9);
    }
}
