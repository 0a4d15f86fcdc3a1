using DeepVision.Cpu;

namespace DeepVision.Tests.Cpu.MachineCode;

/// <summary>
/// What the JIT makes of kernels. A child process compiles them, since the variables that have the JIT print its code are read when
/// a process starts.
/// </summary>
internal static class CompiledKernels
{
    /// <summary>The listings of all methods of some generic classes, for an instruction set that the process can use.</summary>
    internal static IReadOnlyList<MethodListing> Compile(CpuInstructionSet set, params string[] classes)
    {
        string file = Path.GetTempFileName();
        try
        {
            var environment = new Dictionary<string, string>
            {
                ["DOTNET_JitDisasm"] = string.Join(' ', classes.Select(name => $"*.{name}*:*")),
                ["DOTNET_JitStdOutFile"] = file,
            };
            if (set == CpuInstructionSet.Avx2)
            {
                // With AVX-512 its kernels would get 32 registers; a machine without it has 16.
                environment["DOTNET_EnableAVX512"] = "0";
            }

            int bits = set switch { CpuInstructionSet.Avx512 => 512, CpuInstructionSet.Avx2 => 256, _ => 128 };
            Child.Run(environment, ["compile", $"Vector{bits}Ops", .. classes]);
            return MethodListing.ParseAll(File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
