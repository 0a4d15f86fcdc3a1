using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepVision.Preprocessing.Resampling;

/// <summary>
/// The horizontal pass over interleaved RGB. One vector step takes 24 bytes, eight pixels: the lanes of the accumulators
/// hold red, green, blue in turn, and are brought together once for each output pixel.
/// </summary>
/// <remarks>
/// The weights are padded with zeros to whole steps, so a step may read up to 21 bytes beyond its row, which do not count;
/// rows where that would leave the source are copied first.
/// </remarks>
internal static unsafe class PillowHorizontalPass
{
    private const int StepBytes = 24;

    public static void Run(
        ReadOnlySpan<byte> source, int sourceWidth, int firstRow, int rows, PillowWeights weights, Span<byte> destination, int threads)
    {
        fixed (byte* sourceStart = source, destinationStart = destination)
        fixed (int* starts = weights.Starts, counts = weights.Counts, weightStart = weights.Weights)
        {
            var pass = new Pass
            {
                Source = sourceStart,
                SourceLength = source.Length,
                RowBytes = 3 * sourceWidth,
                FirstRow = firstRow,
                Starts = starts,
                Counts = counts,
                Weights = weightStart,
                Stride = weights.Stride,
                Length = weights.Length,
                Destination = destinationStart,
            };
            RowBands.Run(rows, (long)rows * pass.RowBytes, threads, pass.RunRows);
        }
    }

    private static void RunPixels(byte* row, int* starts, int* counts, int* weights, int stride, int length, byte* output)
    {
        if (Avx2.IsSupported)
        {
            RunRowAvx2(row, starts, counts, weights, stride, length, output);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            RunRowVector128(row, starts, counts, weights, stride, length, output);
        }
        else
        {
            RunRowScalar(row, starts, counts, weights, stride, length, output);
        }
    }

    private static void RunRowScalar(byte* row, int* starts, int* counts, int* weights, int stride, int length, byte* output)
    {
        for (int x = 0; x < length; x++, weights += stride, output += 3)
        {
            byte* pixel = row + (3 * starts[x]);
            int red = PillowWeights.Rounding;
            int green = red;
            int blue = red;
            for (int k = 0; k < 3 * counts[x]; k += 3)
            {
                red += pixel[k] * weights[k];
                green += pixel[k + 1] * weights[k];
                blue += pixel[k + 2] * weights[k];
            }

            output[0] = PillowWeights.ToPixel(red);
            output[1] = PillowWeights.ToPixel(green);
            output[2] = PillowWeights.ToPixel(blue);
        }
    }

    private static void RunRowAvx2(byte* row, int* starts, int* counts, int* weights, int stride, int length, byte* output)
    {
        for (int x = 0; x < length; x++, weights += stride, output += 3)
        {
            byte* pixels = row + (3 * starts[x]);
            byte* end = pixels + (3 * counts[x]);
            int* weight = weights;
            Vector256<int> sum0 = Vector256<int>.Zero;
            Vector256<int> sum1 = Vector256<int>.Zero;
            Vector256<int> sum2 = Vector256<int>.Zero;
            for (; pixels < end; pixels += StepBytes, weight += StepBytes)
            {
                sum0 += Avx2.ConvertToVector256Int32(pixels) * Vector256.Load(weight);
                sum1 += Avx2.ConvertToVector256Int32(pixels + 8) * Vector256.Load(weight + 8);
                sum2 += Avx2.ConvertToVector256Int32(pixels + 16) * Vector256.Load(weight + 16);
            }

            // The pattern of colors repeats after 12 lanes.
            StorePixel(
                sum0.GetLower() + sum1.GetUpper(), sum0.GetUpper() + sum2.GetLower(), sum1.GetLower() + sum2.GetUpper(), output);
        }
    }

    private static void RunRowVector128(byte* row, int* starts, int* counts, int* weights, int stride, int length, byte* output)
    {
        for (int x = 0; x < length; x++, weights += stride, output += 3)
        {
            byte* pixels = row + (3 * starts[x]);
            byte* end = pixels + (3 * counts[x]);
            int* weight = weights;
            Vector128<int> sum0 = Vector128<int>.Zero;
            Vector128<int> sum1 = Vector128<int>.Zero;
            Vector128<int> sum2 = Vector128<int>.Zero;
            for (; pixels < end; pixels += StepBytes, weight += StepBytes)
            {
                (Vector128<ushort> low, Vector128<ushort> middle) = Vector128.Widen(Vector128.Load(pixels));
                Vector128<ushort> high = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(pixels + 16)).AsByte());
                sum0 += Vector128.WidenLower(low).AsInt32() * Vector128.Load(weight);
                sum1 += Vector128.WidenUpper(low).AsInt32() * Vector128.Load(weight + 4);
                sum2 += Vector128.WidenLower(middle).AsInt32() * Vector128.Load(weight + 8);
                sum0 += Vector128.WidenUpper(middle).AsInt32() * Vector128.Load(weight + 12);
                sum1 += Vector128.WidenLower(high).AsInt32() * Vector128.Load(weight + 16);
                sum2 += Vector128.WidenUpper(high).AsInt32() * Vector128.Load(weight + 20);
            }

            StorePixel(sum0, sum1, sum2, output);
        }
    }

    /// <summary>
    /// Adds up twelve lanes (R G B R), (G B R G), (B R G B) by color and stores one pixel. Writes a fourth byte, which the next
    /// pixel or the buffer's slack takes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePixel(Vector128<int> sum0, Vector128<int> sum1, Vector128<int> sum2, byte* output)
    {
        Vector128<int> pixel1;
        Vector128<int> pixel2;
        Vector128<int> pixel3;
        if (Ssse3.IsSupported)
        {
            pixel1 = Ssse3.AlignRight(sum1.AsByte(), sum0.AsByte(), 12).AsInt32();
            pixel2 = Ssse3.AlignRight(sum2.AsByte(), sum1.AsByte(), 8).AsInt32();
            pixel3 = Ssse3.AlignRight(sum2.AsByte(), sum2.AsByte(), 4).AsInt32();
        }
        else if (AdvSimd.IsSupported)
        {
            pixel1 = AdvSimd.ExtractVector128(sum0, sum1, 3);
            pixel2 = AdvSimd.ExtractVector128(sum1, sum2, 2);
            pixel3 = AdvSimd.ExtractVector128(sum2, sum2, 1);
        }
        else
        {
            pixel1 = Vector128.Create(sum0[3], sum1[0], sum1[1], 0);
            pixel2 = Vector128.Create(sum1[2], sum1[3], sum2[0], 0);
            pixel3 = Vector128.Create(sum2[1], sum2[2], sum2[3], 0);
        }

        Vector128<int> sum = sum0 + pixel1 + pixel2 + pixel3 + Vector128.Create(PillowWeights.Rounding);
        Vector128<uint> bytes = Vector128.Min(
            Vector128.Max(sum >> PillowWeights.FractionBits, Vector128<int>.Zero), Vector128.Create(255)).AsUInt32();
        Vector128<ushort> words = Vector128.Narrow(bytes, bytes);
        Unsafe.WriteUnaligned(output, Vector128.Narrow(words, words).AsUInt32().ToScalar());
    }

    /// <summary>What the threads share; the caller keeps the memory in place.</summary>
    private sealed class Pass
    {
        public byte* Source { get; init; }

        public long SourceLength { get; init; }

        public int RowBytes { get; init; }

        public int FirstRow { get; init; }

        public int* Starts { get; init; }

        public int* Counts { get; init; }

        public int* Weights { get; init; }

        public int Stride { get; init; }

        public int Length { get; init; }

        public byte* Destination { get; init; }

        public void RunRows(int first, int end)
        {
            byte[] copy = ArrayPool<byte>.Shared.Rent(RowBytes + StepBytes);
            fixed (byte* copyStart = copy)
            {
                for (int y = first; y < end; y++)
                {
                    long offset = (long)(FirstRow + y) * RowBytes;
                    byte* row = Source + offset;
                    if (offset + RowBytes + StepBytes > SourceLength)
                    {
                        new ReadOnlySpan<byte>(row, RowBytes).CopyTo(copy);
                        copy.AsSpan(RowBytes, StepBytes).Clear();
                        row = copyStart;
                    }

                    RunRow(row, Destination + ((long)y * 3 * Length), last: y + 1 == end);
                }
            }

            ArrayPool<byte>.Shared.Return(copy);
        }

        private void RunRow(byte* row, byte* output, bool last)
        {
            if (last)
            {
                // A stored pixel spills a byte into the next one, which here is another thread's.
                byte* own = stackalloc byte[8];
                RunPixels(row, Starts, Counts, Weights, Stride, Length - 1, output);
                int at = Length - 1;
                RunPixels(row, Starts + at, Counts + at, Weights + ((long)at * Stride), Stride, 1, own);
                new ReadOnlySpan<byte>(own, 3).CopyTo(new Span<byte>(output + (3 * at), 3));
                return;
            }

            RunPixels(row, Starts, Counts, Weights, Stride, Length, output);
        }
    }
}
