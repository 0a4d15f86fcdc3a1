using DeepVision.Cpu;
using DeepVision.Cpu.Kernels;

namespace DeepVision.Tests.Cpu;

/// <summary>The vector instruction sets that this process can use.</summary>
internal static class InstructionSetData
{
    internal static IReadOnlyList<CpuInstructionSet> Vectors { get; } =
        new[] { CpuInstructionSet.Avx512, CpuInstructionSet.Avx2, CpuInstructionSet.Vector128 }
            .Where(InstructionSets.IsAvailable)
            .ToArray();

    /// <summary>Whether vectors are instructions here; without them everything takes a hundred times as long.</summary>
    internal static bool IsAccelerated => InstructionSets.Resolve(CpuInstructionSet.Auto) != CpuInstructionSet.Scalar;

    internal static IReadOnlyList<CpuInstructionSet> All { get; } = [.. Vectors, CpuInstructionSet.Scalar];
}
