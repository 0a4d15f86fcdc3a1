using System.Diagnostics;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

/// <summary>
/// Damaged files: each either opens and can be read, or gives a WeightsException; never another exception, and never more
/// memory than the file's size explains.
/// </summary>
public sealed class WeightFileMutationTests
{
    private const int FilesEach = 3000;

    // The tensors of an undamaged base file take less than 32 KiB as float32. Damage may enlarge a shape only by repeating
    // elements (stride 0), which MaxTotalBytes stops.
    private const long MaxTensorBytes = 1 << 20;

    // Reading a description makes objects: at most some hundred bytes for each byte of a file of less than 16 KiB; then the
    // values, and the pooled buffers of one read.
    private const long MaxAllocatedBytes = 4 << 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(0x9E3779B97F4A7C15, "module-zip.pth", "types-zip.pth", "views-zip.pth", "checkpoint-zip.pth", "module-deflated.pth")]
    [InlineData(0xD1B54A32D192ED03, "module-legacy.pth", "types-legacy.pth", "views-legacy.pth", "checkpoint-legacy.pth", "ambiguous-legacy.pth")]
    [InlineData(0x8CB92BA72F3D8DD7, "types.safetensors")]
    public void Open_MutatedFile_SucceedsOrThrowsWeightsException(ulong seed, params string[] names)
    {
        byte[][] originals = [.. names.Select(Fixture.BytesOf)];
        var random = new Xorshift(seed);
        var options = new WeightFileOptions { MaxTotalBytes = MaxTensorBytes };
        int accepted = 0;
        for (int i = 0; i < FilesEach; i++)
        {
            byte[] original = originals[i % originals.Length];
            byte[] content = FileMutator.Mutate(original, originals[random.Next(originals.Length)], random);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            try
            {
                accepted += TryReadAll(content, options) ? 1 : 0;
            }
            catch (Exception exception) when (exception is not WeightsException)
            {
                Assert.Fail($"File {i} ({names[i % names.Length]}, mutated) threw {exception}");
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(allocated <= MaxAllocatedBytes, $"File {i} ({names[i % names.Length]}, {content.Length} bytes) allocated {allocated} bytes.");
            Assert.True(Stopwatch.GetElapsedTime(started) <= MaxTime, $"File {i} ({names[i % names.Length]}) took {Stopwatch.GetElapsedTime(started)}.");
        }

        // Both outcomes occur: damage in the values goes unnoticed, damage in the structure does not.
        Assert.InRange(accepted, FilesEach / 100, FilesEach * 99 / 100);
    }

    [Theory]
    [InlineData("module-zip.pth")]
    [InlineData("module-legacy.pth")]
    [InlineData("module-deflated.pth")]
    [InlineData("types.safetensors")]
    public void Open_EveryTruncation_ThrowsWeightsException(string name)
    {
        byte[] content = Fixture.BytesOf(name);
        for (int length = 0; length < content.Length; length++)
        {
            Assert.False(TryReadAll(content[..length], new WeightFileOptions()), $"{length} of {content.Length} bytes were accepted.");
        }
    }

    [Theory]
    [InlineData("module-zip.pth")]
    [InlineData("module-legacy.pth")]
    [InlineData("module-deflated.pth")]
    [InlineData("types.safetensors")]
    public void Open_EveryByteInverted_SucceedsOrThrowsWeightsException(string name)
    {
        byte[] content = Fixture.BytesOf(name);
        int refused = 0;
        for (int i = 0; i < content.Length; i++)
        {
            content[i] ^= 0xFF;
            refused += TryReadAll(content, new WeightFileOptions { MaxTotalBytes = MaxTensorBytes }) ? 0 : 1;
            content[i] ^= 0xFF;
        }

        Assert.InRange(refused, content.Length / 10, content.Length);
    }

    private static bool TryReadAll(byte[] content, WeightFileOptions options)
    {
        try
        {
            using WeightFile file = Fixture.Open(content, options);
            foreach (WeightHandle handle in file.Tensors.Values)
            {
                Fixture.Read(handle);
            }

            return true;
        }
        catch (WeightsException exception)
        {
            Assert.NotEmpty(exception.Message);
            return false;
        }
    }
}
