using System.Runtime.Intrinsics.X86;

namespace DeepVision.Cpu.Kernels;

/// <summary>
/// What the processor and the operating system can do, whatever this program was compiled for: asked of the processor itself.
/// </summary>
internal static class MachineInstructionSet
{
    // Parts of a thread's registers that the operating system saves, by their numbers in leaf 13: the upper halves of the 256-bit registers;
    // masks, upper halves of the 512-bit registers, and the sixteen that AVX-512 adds.
    private static readonly int[] s_partsOf256 = [2];
    private static readonly int[] s_partsOf512 = [2, 5, 6, 7];

    private const int Features = 1;
    private const int MoreFeatures = 7;
    private const int SavedState = 13;
    private const int ExtendedLeaves = unchecked((int)0x80000000);
    private const int ExtendedFeatures = unchecked((int)0x80000001);

    // .NET takes instructions in groups, x86-x64-v3 and v4, and where a hypervisor hides one of a group it has none of them: FMA, MOVBE, saved state,
    // AVX and F16C; BMI1, AVX2 and BMI2 (and LZCNT, in an extended leaf); AVX-512 F, DQ, CD, BW and VL.
    private const int FeaturesOf256 = 1 << 12 | 1 << 22 | 1 << 27 | 1 << 28 | 1 << 29;
    private const int MoreFeaturesOf256 = 1 << 3 | 1 << 5 | 1 << 8;
    private const int MoreFeaturesOf512 = 1 << 16 | 1 << 17 | 1 << 28 | 1 << 30 | 1 << 31;

    // Parts 0 and 1 are those of x87 and SSE, which lie with a header in front of all others.
    private const int FirstExtendedPart = 2;
    private const int LegacyBytes = 576;

    internal delegate (int Eax, int Ebx, int Ecx, int Edx) CpuId(int leaf, int subleaf);

    /// <summary>The widest of our sets that could be used here; <see cref="CpuInstructionSet.Vector128"/> where that is not known.</summary>
    internal static CpuInstructionSet Widest { get; } =
        X86Base.IsSupported ? From(X86Base.CpuId) : CpuInstructionSet.Vector128;

    /// <summary>The same from a processor's answers.</summary>
    internal static CpuInstructionSet From(CpuId ask)
    {
        if (ask(0, 0).Eax < SavedState)
        {
            return CpuInstructionSet.Vector128;
        }

        int more = ask(MoreFeatures, 0).Ebx;
        if (!HasAll(ask(Features, 0).Ecx, FeaturesOf256) || !HasAll(more, MoreFeaturesOf256) || !CountsZeros(ask) || !Saves(ask, s_partsOf256))
        {
            return CpuInstructionSet.Vector128;
        }

        return HasAll(more, MoreFeaturesOf512) && Saves(ask, s_partsOf512) ? CpuInstructionSet.Avx512 : CpuInstructionSet.Avx2;
    }

    private static bool CountsZeros(CpuId ask) =>
        (uint)ask(ExtendedLeaves, 0).Eax >= unchecked((uint)ExtendedFeatures) && Has(ask(ExtendedFeatures, 0).Ecx, 5);

    // Where a part lies differs between processors: those that never had Intel's bounds registers keep no room for them. The size of all that is saved
    // now reaches to the end of each part that is. A part that the answers do not describe counts as not saved.
    private static bool Saves(CpuId ask, int[] parts)
    {
        (int supported, int savedBytes, _, _) = ask(SavedState, 0);
        int bytes = 0;
        foreach (int part in parts)
        {
            (int size, int offset, _, _) = ask(SavedState, part);
            if (!Has(supported, part) || size <= 0 || (uint)offset + (uint)size > (uint)savedBytes)
            {
                return false;
            }

            bytes += size;
        }

        return IsRoomFor(ask, parts, bytes, supported, savedBytes);
    }

    // A saved part that lies further back (protection keys, tiles) makes the size reach over those in front of it, saved or not. So the size without
    // gaps has to hold them beside the last part, which is saved for certain. It may hold more, parts of the system's own among it: never too little
    // for parts that are saved. A processor that cannot save without gaps does not say.
    private static bool IsRoomFor(CpuId ask, int[] parts, int bytes, int supported, int savedBytes)
    {
        (int instructions, int bytesWithoutGaps, _, _) = ask(SavedState, 1);
        if (!(Has(instructions, 1) || Has(instructions, 3)) || bytesWithoutGaps == 0)
        {
            return true;
        }

        int last = Enumerable.Range(FirstExtendedPart, 32 - FirstExtendedPart)
            .Where(part => Has(supported, part) && !parts.Contains(part))
            .Select(part => ask(SavedState, part))
            .Where(part => part.Eax + part.Ebx == savedBytes)
            .Sum(part => part.Eax);
        return bytesWithoutGaps >= LegacyBytes + bytes + last;
    }

    private static bool HasAll(int word, int bits) => (word & bits) == bits;

    private static bool Has(int word, int bit) => (word >> bit & 1) != 0;
}
