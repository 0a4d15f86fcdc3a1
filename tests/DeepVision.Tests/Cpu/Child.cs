using System.Diagnostics;

namespace DeepVision.Tests.Cpu;

/// <summary>Runs the program of <c>tests/DeepVision.ChildProcess</c>, for what only a process of its own can show.</summary>
internal static class Child
{
    // A command to run it with where this process is emulated, its words parted by spaces.
    private const string Command = "DEEPVISION_CHILD";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    /// <summary>Runs it to its end, and fails the test if that is not 0.</summary>
    /// <param name="environment">Variables that it gets besides those of this process.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>The lines that it wrote.</returns>
    internal static string[] Run(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = StartInfo(arguments);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill();
            Assert.Fail($"The child process did not end within {s_limit}.");
        }

        Assert.True(process.ExitCode == 0, $"The child process ended with {process.ExitCode}:\n{output.Result}\n{errors.Result}");
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>How it is started, its output and errors redirected.</summary>
    internal static ProcessStartInfo StartInfo(params IEnumerable<string> arguments)
    {
        string[] command = Environment.GetEnvironmentVariable(Command) is { Length: > 0 } given
            ? given.Split(' ')
            : [FindDotnet(), "exec", Path.Combine(AppContext.BaseDirectory, "DeepVision.ChildProcess.dll")];
        return new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string FindDotnet() =>
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
}
