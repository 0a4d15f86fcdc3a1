using System.Diagnostics;
using System.Globalization;

namespace DeepVision.Imaging.Tests;

/// <summary>
/// 5,000 damaged files of each format, the same in every run, are loaded in a child process whose memory is capped. Each must be decoded or
/// refused with an <see cref="ImageFileException"/>; a crash, another exception or a hang is a failure.
/// </summary>
public sealed class MutationTests
{
    private const int FilesPerFormat = 5000;
    private const int HeapLimitBytes = 256 * 1024 * 1024;

    // A million pixels are 3 MB, of which a decoder holds a few copies; the runtime itself takes some 60 MB.
    private const long PeakLimitBytes = 300 * 1024 * 1024;
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(3);

    [Fact]
    public void Load_MutatedJpegFiles_AreDecodedOrRefused() => Check(".jpg");

    [Fact]
    public void Load_MutatedPngFiles_AreDecodedOrRefused() => Check(".png");

    [Fact]
    public void Load_MutatedWebPFiles_AreDecodedOrRefused() => Check(".webp");

    [Fact]
    public void Load_MutatedBmpFiles_AreDecodedOrRefused() => Check(".bmp");

    private static void Check(string extension)
    {
        int decoded = 0;
        int refused = 0;
        int crashes = 0;
        List<string> failures = [];
        for (int next = 0; next < FilesPerFormat;)
        {
            (int exitCode, List<string> lines, string errors) = Run(extension, next, FilesPerFormat - next);
            int last = next - 1;
            foreach (string line in lines)
            {
                if (line.StartsWith("BEGIN ", StringComparison.Ordinal))
                {
                    last = int.Parse(line.AsSpan(6), CultureInfo.InvariantCulture);
                }

                if (line.StartsWith("PEAK ", StringComparison.Ordinal))
                {
                    Assert.InRange(long.Parse(line.AsSpan(5), CultureInfo.InvariantCulture), 1, PeakLimitBytes);
                }

                decoded += line == "decoded" ? 1 : 0;
                refused += line == "refused" ? 1 : 0;
                if (line.StartsWith("FAILED", StringComparison.Ordinal))
                {
                    failures.Add($"file {last}: {line}");
                }
            }

            if (exitCode == 0)
            {
                break;
            }

            crashes++;
            failures.Add($"file {last}: the process ended with {exitCode}: {errors}");
            Assert.True(last >= next, $"The runner did not start: exit code {exitCode}: {errors}");
            next = last + 1;
        }

        Assert.True(failures.Count == 0, $"{crashes} crashes, {failures.Count} failures:\n{string.Join('\n', failures.Take(20))}");
        Assert.Equal(FilesPerFormat, decoded + refused);

        // Damage that is always refused, or never, would test little.
        Assert.InRange(decoded, FilesPerFormat / 50, FilesPerFormat * 49 / 50);
    }

    private static (int ExitCode, List<string> Lines, string Errors) Run(string extension, int first, int count)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string folder = AppContext.BaseDirectory;
        foreach (string argument in (string[])["exec", Path.Combine(folder, "DeepVision.Imaging.MutationRunner.dll"),
            Path.Combine(folder, "Fixtures"), extension, $"{first}", $"{count}"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimitBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using Process process = Process.Start(start)!;
        List<string> lines = [];
        process.OutputDataReceived += (_, data) =>
        {
            if (data.Data is not null)
            {
                lines.Add(data.Data);
            }
        };
        process.BeginOutputReadLine();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_hang))
        {
            process.Kill();
            process.WaitForExit();
            return (-1, lines, $"no end after {s_hang}");
        }

        process.WaitForExit();
        return (process.ExitCode, lines, errors.GetAwaiter().GetResult());
    }
}
