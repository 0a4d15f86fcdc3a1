using DeepVision.Cpu;
using DeepVision.Cpu.Kernels;

namespace DeepVision.Tests.Cpu;

/// <summary>A fact about the code for one instruction set; skipped, with the reason, where the process cannot use it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InstructionSetFactAttribute : FactAttribute
{
    public InstructionSetFactAttribute(CpuInstructionSet set) =>
        Skip = InstructionSets.IsAvailable(set) ? null : $"This process cannot use {set}.";
}
