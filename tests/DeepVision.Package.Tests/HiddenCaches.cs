using System.Runtime.Intrinsics.X86;

namespace DeepVision.Package.Tests;

/// <summary>Makes a libtorch see what it would see on a virtual machine of AMD's that hides its caches.</summary>
internal static class HiddenCaches
{
    // mov r10d, 0x8000001d: the leaf of CPUID with the caches of AMD's processors; and mov eax, 0xb: the leaf with the threads that share them.
    private static readonly byte[] s_caches = [0x41, 0xba, 0x1d, 0x00, 0x00, 0x80];
    private static readonly byte[] s_threads = [0xb8, 0x0b, 0x00, 0x00, 0x00];

    // The leaf of the processor's serial number, which none has any more.
    private const byte EmptyLeaf = 3;

    // How far around the one place oneDNN's code asks for its topology.
    private const int Neighborhood = 512;

    /// <summary>Why it cannot be done here; null where it can.</summary>
    public static string? ReasonToSkip
    {
        get
        {
            if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Ebx != 0x68747541)
            {
                return "oneDNN asks processors of other makers elsewhere for their caches";
            }

            return X86Base.CpuId(EmptyLeaf, 0) == (0, 0, 0, 0) ? null : "this processor has no empty leaf of CPUID to ask instead";
        }
    }

    /// <summary>Replaces a library, or a link to one, by a copy with other questions.</summary>
    public static void Apply(string library)
    {
        byte[] code = File.ReadAllBytes(library);
        int caches = code.AsSpan().IndexOf(s_caches);
        Assert.True(caches >= 0 && code.AsSpan(caches + 1).IndexOf(s_caches) < 0, "This libtorch asks for its caches in another way.");
        code.AsSpan(caches + 2, 4).Clear();
        code[caches + 2] = EmptyLeaf;
        int end = caches + Neighborhood, at = caches;
        while (code.AsSpan(at, end - at).IndexOf(s_threads) is >= 0 and int offset)
        {
            code[at + offset + 1] = EmptyLeaf;
            at += offset + s_threads.Length;
        }

        File.Delete(library);
        File.WriteAllBytes(library, code);
    }
}
