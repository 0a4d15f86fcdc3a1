using System.Runtime.InteropServices;

namespace DeepVision.OnnxRuntimeServer;

/// <summary>Whether ONNX Runtime is kept from AVX-512: by CPUID faulting (hide_avx512.c), or because the processor has none.</summary>
internal static partial class HiddenAvx512
{
    /// <summary>True only once the library is open, since it is hidden then.</summary>
    public static bool IsHidden => Marshal.PtrToStringUTF8(GetVariable("DEEPVISION_AVX512_HIDDEN")) == "1";

    // Asked of the C library, which set it: Environment knows the variables that the process began with.
    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetVariable(string name);
}
