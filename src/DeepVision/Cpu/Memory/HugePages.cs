using System.Runtime.InteropServices;

namespace DeepVision.Cpu.Memory;

/// <summary>
/// Pages of 2 MiB for large memory, where Linux gives them on request: weights that are read once a run then need 512 times
/// fewer entries of the translation buffer. Elsewhere, and where it is refused, memory is as always.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page.</summary>
    internal const int Size = 2 << 20;

    private const int AdviseHugePage = 14;
    private static bool _isSupported = OperatingSystem.IsLinux();

    /// <summary>The alignment with which memory of some bytes can lie in huge pages.</summary>
    internal static nuint AlignmentFor(nuint bytes) => _isSupported && bytes >= Size ? (nuint)Size : AlignedMemory.Alignment;

    /// <summary>Asks for huge pages before memory is touched; what is not a whole page stays as it is.</summary>
    internal static void Advise(void* memory, nuint bytes)
    {
        if (!_isSupported || bytes < Size)
        {
            return;
        }

        try
        {
            MemoryAdvise(memory, bytes / Size * Size, AdviseHugePage);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            _isSupported = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* address, nuint length, int advice);
}
