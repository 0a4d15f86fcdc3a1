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

    private const int SavedState = 13;

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
        const int Features = 1;
        const int MoreFeatures = 7;
        if (ask(0, 0).Eax < SavedState)
        {
            return CpuInstructionSet.Vector128;
        }

        int basic = ask(Features, 0).Ecx;
        bool fma = Has(basic, 12);
        bool savesState = Has(basic, 27);
        int more = ask(MoreFeatures, 0).Ebx;
        if (!savesState || !fma || !Has(more, 5) || !Saves(ask, s_partsOf256))
        {
            return CpuInstructionSet.Vector128;
        }

        bool avx512 = Has(more, 16) && Has(more, 17) && Has(more, 30) && Has(more, 31);
        return avx512 && Saves(ask, s_partsOf512) ? CpuInstructionSet.Avx512 : CpuInstructionSet.Avx2;
    }

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

    private static bool Has(int word, int bit) => (word >> bit & 1) != 0;
}
