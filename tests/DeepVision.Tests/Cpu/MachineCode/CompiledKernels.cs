using System.Diagnostics;
using DeepVision.Cpu;

namespace DeepVision.Tests.Cpu.MachineCode;

/// <summary>
/// What the JIT makes of kernels. A child process compiles them, since the variables that have the JIT print its code are read when
/// a process starts.
/// </summary>
internal static class CompiledKernels
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>The listings of all methods of some generic classes, for an instruction set that the process can use.</summary>
    internal static IReadOnlyList<MethodListing> Compile(CpuInstructionSet set, params string[] classes)
    {
        string file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(
                Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
                ["exec", Path.Combine(AppContext.BaseDirectory, "DeepVision.KernelCompiler.dll"), $"Vector{(set == CpuInstructionSet.Avx512 ? 512 : 256)}Ops", .. classes])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["DOTNET_JitDisasm"] = string.Join(' ', classes.Select(name => $"*.{name}*:*"));
            start.Environment["DOTNET_JitStdOutFile"] = file;
            if (set == CpuInstructionSet.Avx2)
            {
                // With AVX-512 its kernels would get 32 registers; a machine without it has 16.
                start.Environment["DOTNET_EnableAVX512"] = "0";
            }

            Run(start);
            return MethodListing.ParseAll(File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill();
            Assert.Fail($"The child process did not end within {s_limit}.");
        }

        Assert.True(process.ExitCode == 0, $"The child process ended with {process.ExitCode}:\n{output.Result}\n{errors.Result}");
    }
}
