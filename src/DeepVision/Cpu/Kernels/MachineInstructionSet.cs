using System.Runtime.Intrinsics.X86;

namespace DeepVision.Cpu.Kernels;

/// <summary>
/// What the processor and the operating system can do, whatever this program was compiled for: asked of the processor itself.
/// </summary>
internal static class MachineInstructionSet
{
    // Bytes of a thread's registers as far as the operating system saves them: up to the end of the 256-bit and of the 512-bit ones.
    private const int SavedBytesOf256 = 576 + 256;
    private const int SavedBytesOf512 = 1664 + 1024;

    internal delegate (int Eax, int Ebx, int Ecx, int Edx) CpuId(int leaf, int subleaf);

    /// <summary>The widest of our sets that could be used here; <see cref="CpuInstructionSet.Vector128"/> where that is not known.</summary>
    internal static CpuInstructionSet Widest { get; } =
        X86Base.IsSupported ? From(X86Base.CpuId) : CpuInstructionSet.Vector128;

    /// <summary>The same from a processor's answers.</summary>
    internal static CpuInstructionSet From(CpuId ask)
    {
        const int Features = 1;
        const int MoreFeatures = 7;
        const int SavedState = 13;
        if (ask(0, 0).Eax < SavedState)
        {
            return CpuInstructionSet.Vector128;
        }

        int basic = ask(Features, 0).Ecx;
        bool fma = Has(basic, 12);
        bool savesState = Has(basic, 27);
        int more = ask(MoreFeatures, 0).Ebx;
        int saved = ask(SavedState, 0).Ebx;
        if (!savesState || !fma || !Has(more, 5) || saved < SavedBytesOf256)
        {
            return CpuInstructionSet.Vector128;
        }

        bool avx512 = Has(more, 16) && Has(more, 17) && Has(more, 30) && Has(more, 31);
        return avx512 && saved >= SavedBytesOf512 ? CpuInstructionSet.Avx512 : CpuInstructionSet.Avx2;

        static bool Has(int word, int bit) => (word >> bit & 1) != 0;
    }
}
