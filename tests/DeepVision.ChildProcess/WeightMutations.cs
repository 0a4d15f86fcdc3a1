using System.Diagnostics;
using DeepVision.Weights;

namespace DeepVision.ChildProcess;

/// <summary>
/// Opens damaged weight files and reads all of their tensors. For each one line is written before (<c>BEGIN n</c>) and one after
/// (<c>accepted</c>, <c>refused</c> or <c>FAILED ...</c>): a file without a second line crashed the process, or hangs in it.
/// </summary>
internal static class WeightMutations
{
    // Before a name: the file with bytes behind it, as copies and block devices leave them.
    private const string Padded = "padded:";

    // The tensors of an undamaged file take less than 32 KiB as float32. Damage may enlarge a shape only by repeating elements
    // (stride 0), which MaxTotalBytes stops.
    private const long MaxTensorBytes = 1 << 20;

    // Reading a description makes objects: at most some hundred bytes for each byte of a file of less than 16 KiB; then the values,
    // and the pooled buffers of one read.
    private const long MaxAllocatedBytes = 4 << 20;

    private static readonly TimeSpan s_maxTime = TimeSpan.FromSeconds(5);

    internal static void Run(ulong seed, int first, int count, string folder, string[] names)
    {
        byte[][] originals = [.. names.Select(name => Read(folder, name))];
        for (int number = first; number < first + count; number++)
        {
            var random = new Xorshift(seed + (0x9E3779B97F4A7C15 * (ulong)(number + 1)));
            byte[] content = FileMutator.Mutate(originals[number % originals.Length], originals[random.Next(originals.Length)], random);
            Console.WriteLine($"BEGIN {number}");
            Console.Out.Flush();
            Console.WriteLine(Outcome(content));
        }
    }

    private static byte[] Read(string folder, string name) => name.StartsWith(Padded, StringComparison.Ordinal)
        ? [.. File.ReadAllBytes(Path.Combine(folder, name[Padded.Length..])), .. "noise"u8, .. new byte[100]]
        : File.ReadAllBytes(Path.Combine(folder, name));

    private static string Outcome(byte[] content)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        string outcome;
        try
        {
            using WeightFile file = WeightFile.Open(new MemoryStream(content, writable: false), "test", new WeightFileOptions { MaxTotalBytes = MaxTensorBytes });
            foreach (WeightHandle handle in file.Tensors.Values)
            {
                handle.ReadFloats(new float[handle.Shape.ElementCount]);
            }

            outcome = "accepted";
        }
        catch (WeightsException exception)
        {
            outcome = exception.Message.Length > 0 ? "refused" : "FAILED without a message";
        }
        catch (Exception exception)
        {
            return $"FAILED {exception.ToString().ReplaceLineEndings(" | ")}";
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        TimeSpan taken = Stopwatch.GetElapsedTime(started);
        if (taken > s_maxTime)
        {
            return $"FAILED took {taken}";
        }

        return allocated <= MaxAllocatedBytes ? outcome : $"FAILED {content.Length} bytes made it allocate {allocated}";
    }
}
