using DeepVision.Cpu;
using DeepVision.Cpu.Kernels;

namespace DeepVision.Tests.Cpu.Kernels;

/// <summary>What processors can do, from what they answer.</summary>
public sealed class MachineInstructionSetTests
{
    [Fact]
    public void Widest_IsAtLeastWhatThisProcessUses()
    {
        CpuInstructionSet used = InstructionSets.Resolve(CpuInstructionSet.Auto);

        if (used is CpuInstructionSet.Avx512 or CpuInstructionSet.Avx2)
        {
            Assert.InRange(MachineInstructionSet.Widest, CpuInstructionSet.Avx512, used);
        }
        else
        {
            Assert.InRange(MachineInstructionSet.Widest, CpuInstructionSet.Avx512, CpuInstructionSet.Vector128);
        }
    }

    /// <summary>
    /// Answers of processors and virtual machines: what leaves 1 and 7 say of features, and leaf 13 of the registers that the
    /// system saves. Zen 4's were read from a machine; the others' follow the makers' manuals. Nothing else is asked for: the engine's
    /// blocking is the same whatever caches there are, so that results are.
    /// </summary>
    public static TheoryData<string, CpuInstructionSet> Processors => new()
    {
        { "Intel Skylake-SP, bounds registers", CpuInstructionSet.Avx512 },
        { "Intel Ice Lake-SP", CpuInstructionSet.Avx512 },
        { "Intel Sapphire Rapids, AMX", CpuInstructionSet.Avx512 },
        { "Intel Haswell", CpuInstructionSet.Avx2 },
        { "Intel Alder Lake, AVX-512 fused off", CpuInstructionSet.Avx2 },
        { "Intel Ice Lake-SP, system without AVX-512", CpuInstructionSet.Avx2 },
        { "Intel Ice Lake-SP, part of AVX-512 hidden", CpuInstructionSet.Avx2 },
        { "AMD Zen 2", CpuInstructionSet.Avx2 },
        { "AMD Zen 4", CpuInstructionSet.Avx512 },
        { "AMD Zen 5", CpuInstructionSet.Avx512 },
        { "AMD Zen 5, system without AVX-512", CpuInstructionSet.Avx2 },
        { "XSAVE hidden by the hypervisor", CpuInstructionSet.Vector128 },
        { "XSAVE not switched on by the system", CpuInstructionSet.Vector128 },
        { "parts of XSAVE not described", CpuInstructionSet.Vector128 },
        { "FMA hidden", CpuInstructionSet.Vector128 },
        { "Intel Core 2, no leaf 13", CpuInstructionSet.Vector128 },
    };

    [Theory]
    [MemberData(nameof(Processors))]
    public void From_AProcessorsAnswers_TakesWhatTheSystemSavesToo(string name, CpuInstructionSet expected) =>
        Assert.Equal(expected, MachineInstructionSet.From(AnswersOf(name)));

    private const int Avx2 = 1 << 5;
    private const int All512 = 1 << 16 | 1 << 17 | 1 << 30 | 1 << 31;
    private const int FmaAndSave = 1 << 12 | 1 << 27;
    private const int PartsOf512 = 0xe7;

    private static MachineInstructionSet.CpuId AnswersOf(string name)
    {
        // (features, more features, supported parts, bytes saved now, where the parts of AVX-512 begin)
        (int features, int more, int parts, int saved, int first512) = name switch
        {
            "Intel Skylake-SP, bounds registers" => (FmaAndSave, Avx2 | All512, 0x2ff, 2696, 1088),
            "Intel Ice Lake-SP" => (FmaAndSave, Avx2 | All512, 0x2e7, 2696, 1088),
            "Intel Sapphire Rapids, AMX" => (FmaAndSave, Avx2 | All512, 0x602e7, 11008, 1088),
            "Intel Haswell" => (FmaAndSave, Avx2, 0x7, 832, 0),
            "Intel Alder Lake, AVX-512 fused off" => (FmaAndSave, Avx2, 0x207, 2696, 0),
            "Intel Ice Lake-SP, system without AVX-512" => (FmaAndSave, Avx2 | All512, PartsOf512, 832, 1088),
            "Intel Ice Lake-SP, part of AVX-512 hidden" => (FmaAndSave, Avx2 | (All512 & ~(1 << 30)), 0x2e7, 2696, 1088),
            "AMD Zen 2" => (FmaAndSave, Avx2, 0x7, 832, 0),
            "AMD Zen 4" => (unchecked((int)0xfffa3203), unchecked((int)0xf1bf07ab), PartsOf512, 2432, 832),
            "AMD Zen 5" => (FmaAndSave, Avx2 | All512, 0x2e7, 2440, 832),
            "AMD Zen 5, system without AVX-512" => (FmaAndSave, Avx2 | All512, PartsOf512, 832, 832),
            "XSAVE hidden by the hypervisor" => (1 << 12, Avx2 | All512, 0, 0, 0),
            "XSAVE not switched on by the system" => (1 << 12, Avx2 | All512, PartsOf512, 2432, 832),
            "parts of XSAVE not described" => (FmaAndSave, Avx2 | All512, 0, 0, 0),
            "FMA hidden" => (1 << 27, Avx2 | All512, PartsOf512, 2432, 832),
            "Intel Core 2, no leaf 13" => (0, 0, 0, 0, 0),
            _ => throw new ArgumentException($"No answers of '{name}' are recorded.", nameof(name)),
        };
        int leaves = name.EndsWith("no leaf 13", StringComparison.Ordinal) ? 10 : 32;
        return (leaf, part) => (leaf, part) switch
        {
            (0, _) => (leaves, 0, 0, 0),
            (1, _) => (0, 0, features, 0),
            (7, _) => (0, more, 0, 0),

            // The caches, the topology, AMD's caches: empty, as where a virtual machine hides them.
            (4 or 0xB or unchecked((int)0x8000001D), _) => default,
            (13, 0) => (parts, saved, saved, 0),
            (13, 2) when parts != 0 => (256, 576, 0, 0),
            (13, 5) when first512 != 0 => (64, first512, 0, 0),
            (13, 6) when first512 != 0 => (512, first512 + 64, 0, 0),
            (13, 7) when first512 != 0 => (1024, first512 + 64 + 512, 0, 0),
            (13, 9) when (parts & 0x200) != 0 => (8, saved - 8, 0, 0),
            _ => leaf > leaves ? throw new InvalidOperationException($"Leaf {leaf} is asked for and is not there.") : default,
        };
    }
}
