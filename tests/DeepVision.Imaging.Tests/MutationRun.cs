using System.Diagnostics;
using System.Globalization;

namespace DeepVision.Imaging.Tests;

/// <summary>One run of the child process: until its files are done, it crashes, or one file takes too long.</summary>
internal sealed class MutationRun
{
    /// <summary>A file takes about a millisecond; the machine may be busy.</summary>
    public static readonly TimeSpan UsualHang = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(2);

    private const int HeapLimitBytes = 256 * 1024 * 1024;
    private readonly Lock _lock = new();
    private long _lastLine = Stopwatch.GetTimestamp();

    public int ExitCode { get; private set; }

    /// <summary>The file that was begun last; -1 where none was.</summary>
    public int Last { get; private set; } = -1;

    public int Decoded { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Whether a file took too long and the process was ended for it.</summary>
    public bool Hangs { get; private set; }

    public long PeakBytes { get; private set; }

    public List<string> Failures { get; } = [];

    public string Errors { get; private set; } = "";

    public static MutationRun Start(string pattern, string damage, int first, int count, TimeSpan hang)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string folder = AppContext.BaseDirectory;
        foreach (string argument in (string[])["exec", Path.Combine(folder, "DeepVision.Imaging.MutationRunner.dll"),
            Path.Combine(folder, "Fixtures"), pattern, damage, $"{first}", $"{count}"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimitBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        MutationRun run = new();
        run.Follow(start, hang);
        return run;
    }

    private void Follow(ProcessStartInfo start, TimeSpan hang)
    {
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, data) => Take(data.Data);
        process.BeginOutputReadLine();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            lock (_lock)
            {
                Hangs = Stopwatch.GetElapsedTime(_lastLine) > (Last < 0 ? s_start : hang);
            }

            if (Hangs)
            {
                process.Kill();
                break;
            }
        }

        process.WaitForExit();
        ExitCode = process.ExitCode;
        Errors = errors.GetAwaiter().GetResult();
    }

    private void Take(string? line)
    {
        lock (_lock)
        {
            _lastLine = Stopwatch.GetTimestamp();
            switch (line?.Split(' ', 2))
            {
                case ["BEGIN", string number]:
                    Last = int.Parse(number, CultureInfo.InvariantCulture);
                    break;
                case ["PEAK", string bytes]:
                    PeakBytes = long.Parse(bytes, CultureInfo.InvariantCulture);
                    break;
                case ["decoded"]:
                    Decoded++;
                    break;
                case ["refused"]:
                    Refused++;
                    break;
                case ["FAILED", ..]:
                    Failures.Add($"file {Last}: {line}");
                    break;
            }
        }
    }
}
