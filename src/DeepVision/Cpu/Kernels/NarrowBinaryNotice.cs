using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DeepVision.Cpu.Kernels;

/// <summary>Says that the machine can do more than the program was compiled for, which happens with Native AOT.</summary>
internal static class NarrowBinaryNotice
{
    private static readonly string[] s_switches =
        ["EnableHWIntrinsic", "EnableAVX", "EnableAVX2", "EnableFMA", "EnableAVX512", "EnableAVX512F"];

    private static int s_said;

    /// <summary>The notice for a model that is compiled now, or null; traced as a warning the first time in a process.</summary>
    internal static string? Say(CpuInstructionSet requested, CpuInstructionSet used)
    {
        string? notice = For(
            requested,
            used,
            MachineInstructionSet.Widest,
            compiledAhead: !RuntimeFeature.IsDynamicCodeCompiled,
            switchedOff: IsSwitchedOff(Environment.GetEnvironmentVariable));
        if (notice is not null && Interlocked.Exchange(ref s_said, 1) == 0)
        {
            Trace.TraceWarning("DeepVision: " + notice);
        }

        return notice;
    }

    /// <summary>What there is to say, if anything.</summary>
    /// <param name="requested">What the caller asked for; an explicit choice needs no notice.</param>
    /// <param name="used">What it is computed with.</param>
    /// <param name="machine">What the machine can do.</param>
    /// <param name="compiledAhead">Whether the program's instructions were settled when it was published.</param>
    /// <param name="switchedOff">Whether somebody turned instructions off for this process.</param>
    internal static string? For(
        CpuInstructionSet requested, CpuInstructionSet used, CpuInstructionSet machine, bool compiledAhead, bool switchedOff)
    {
        bool wider = machine switch
        {
            CpuInstructionSet.Avx512 => used != CpuInstructionSet.Avx512,
            CpuInstructionSet.Avx2 => used is CpuInstructionSet.Vector128 or CpuInstructionSet.Scalar,
            _ => false,
        };
        if (requested != CpuInstructionSet.Auto || !compiledAhead || switchedOff || !wider)
        {
            return null;
        }

        string level = machine == CpuInstructionSet.Avx512 ? "x86-x64-v4" : "x86-x64-v3";
        return $"this machine has {machine}, but the program was compiled ahead of time without it and computes with {used}, which is "
            + $"slower. Publish it with <IlcInstructionSet>{level}</IlcInstructionSet>, or ask for {used} in {nameof(CpuOptions)}.";
    }

    /// <summary>Whether one of the runtime's variables turns instructions off.</summary>
    internal static bool IsSwitchedOff(Func<string, string?> variable) =>
        s_switches.Any(name => variable("DOTNET_" + name)?.Trim() is { Length: > 0 } value && value.All(digit => digit == '0'));
}
