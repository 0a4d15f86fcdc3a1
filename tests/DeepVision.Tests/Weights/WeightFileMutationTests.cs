using System.Diagnostics;
using DeepVision.Tests.Cpu;
using DeepVision.Weights;

namespace DeepVision.Tests.Weights;

/// <summary>
/// Damaged files: each either opens and can be read, or gives a WeightsException; never another exception, and never more
/// memory than the file's size explains. They are opened in a process of their own, so that a crash and a hang are seen.
/// </summary>
public sealed class WeightFileMutationTests
{
    private const int FilesEach = 3000;
    private const long MaxTensorBytes = 1 << 20;

    // A file takes far less than a millisecond; this is a machine's worst hour, and then some.
    private static readonly TimeSpan MaxTimeEach = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0x9E3779B97F4A7C15, "module-zip.pth", "types-zip.pth", "views-zip.pth", "checkpoint-zip.pth", "module-deflated.pth")]
    [InlineData(0xD1B54A32D192ED03, "module-legacy.pth", "types-legacy.pth", "views-legacy.pth", "checkpoint-legacy.pth", "ambiguous-legacy.pth")]
    [InlineData(0x8CB92BA72F3D8DD7, "types.safetensors")]
    [InlineData(0xA0761D6478BD642F, "whole-model-zip.pth", "module-object-legacy.pth", "module-object-parallel.pth", "module-object-ema.pth", "scripted-module.pt")]
    [InlineData(0xE7037ED1A0B428DB, "objects-zip.pth", "objects-legacy.pth", "unreadable-zip.pth")]
    [InlineData(0x8EBC6AF09C88C6E3, "arrays-zip.pth", "arrays-2.pkl", "arrays-3.pkl", "arrays-4.pkl", "arrays-5.pkl")]
    [InlineData(0x589965CC75374CC3, "padded:module-zip.pth", "padded:types-zip.pth", "padded:module-deflated.pth")]
    public async Task Open_MutatedFile_SucceedsOrThrowsWeightsException(ulong seed, params string[] names)
    {
        var failures = new List<string>();
        int accepted = 0;
        int refused = 0;
        for (int next = 0; next < FilesEach;)
        {
            using Process process = Process.Start(Child.StartInfo(
                ["weights", $"{seed}", $"{next}", $"{FilesEach - next}", Path.GetDirectoryName(Fixture.PathOf("x"))!, .. names]))!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            int begun = next - 1;
            bool hangs = false;
            while (true)
            {
                string? line;
                try
                {
                    line = await process.StandardOutput.ReadLineAsync().WaitAsync(MaxTimeEach);
                }
                catch (TimeoutException)
                {
                    hangs = true;
                    process.Kill();
                    break;
                }

                if (line is null)
                {
                    break;
                }

                if (line.StartsWith("BEGIN ", StringComparison.Ordinal))
                {
                    begun = int.Parse(line["BEGIN ".Length..]);
                    continue;
                }

                accepted += line == "accepted" ? 1 : 0;
                refused += line == "refused" ? 1 : 0;
                if (line.StartsWith("FAILED", StringComparison.Ordinal))
                {
                    failures.Add($"file {begun} ({names[begun % names.Length]}): {line}");
                }
            }

            await process.WaitForExitAsync();
            if (hangs || process.ExitCode != 0)
            {
                Assert.True(begun >= next, $"The child process did not start: {await errors}");
                failures.Add($"file {begun} ({names[begun % names.Length]}): {(hangs ? $"HANG, nothing after {MaxTimeEach}" : $"CRASH {process.ExitCode}: {await errors}")}");
                next = begun + 1;
                continue;
            }

            break;
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures:\n{string.Join('\n', failures.Take(20))}");
        Assert.Equal(FilesEach, accepted + refused);

        // Both outcomes occur: damage in the values goes unnoticed, damage in the structure does not.
        Assert.InRange(accepted, FilesEach / 100, FilesEach * 99 / 100);
    }

    [Theory]
    [InlineData("module-zip.pth")]
    [InlineData("module-legacy.pth")]
    [InlineData("module-deflated.pth")]
    [InlineData("types.safetensors")]
    [InlineData("module-object-legacy.pth")]
    [InlineData("module-object-ema.pth")]
    [InlineData("arrays-zip.pth")]
    [InlineData("scripted-module.pt")]
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
    [InlineData("module-object-legacy.pth")]
    [InlineData("arrays-zip.pth")]
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
