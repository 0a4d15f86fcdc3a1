using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepVision.Cpu.Kernels;

/// <summary>Which instruction sets this process can use.</summary>
internal static class InstructionSets
{
    internal static bool IsAvailable(CpuInstructionSet set) => set switch
    {
        CpuInstructionSet.Avx512 => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported,
        CpuInstructionSet.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };

    /// <summary>The set to compute with; an explicit one that the machine lacks is an error, never replaced.</summary>
    internal static CpuInstructionSet Resolve(CpuInstructionSet requested)
    {
        if (!Enum.IsDefined(requested))
        {
            throw new ArgumentOutOfRangeException(nameof(requested), requested, "No such instruction set.");
        }

        if (requested == CpuInstructionSet.Auto)
        {
            return IsAvailable(CpuInstructionSet.Avx512) ? CpuInstructionSet.Avx512
                : IsAvailable(CpuInstructionSet.Avx2) ? CpuInstructionSet.Avx2
                : Vector128.IsHardwareAccelerated ? CpuInstructionSet.Vector128
                : CpuInstructionSet.Scalar;
        }

        return IsAvailable(requested)
            ? requested
            : throw new PlatformNotSupportedException(
                $"{requested} was asked for, but this process cannot use it (the processor lacks it, or an environment variable "
                + $"like DOTNET_EnableAVX512 turns it off). The widest set here is {Resolve(CpuInstructionSet.Auto)}; ask for that or for Auto.");
    }
}
