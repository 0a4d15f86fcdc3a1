using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Interop;

/// <summary>
/// The functions of the shim. One that makes a tensor returns zero when it failed, one that answers a question
/// <see cref="Failed"/>, any other -1; the text then waits on this thread. Whoever calls one keeps the tensors alive whose
/// handles are passed.
/// </summary>
internal static unsafe partial class Native
{
    internal const string Library = "deepvision_libtorch";

    private const int Failed = -2;

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, (name, _, _) => name == Library ? NativeShim.Load() : 0);

    /// <summary>The number of native tensors whose handles are held now.</summary>
    public static long LiveTensors => dv_live_tensors();

    /// <summary>The exception for what failed last on this thread.</summary>
    public static ExternalException Failure() => new(Marshal.PtrToStringUTF8((nint)dv_last_error()));

    /// <summary>Throws unless a function succeeded; the objects stay alive until here.</summary>
    public static void Check(int status, object? first = null, object? second = null, object? third = null, object? fourth = null)
    {
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
        GC.KeepAlive(fourth);
        if (status < 0)
        {
            throw Failure();
        }
    }

    /// <summary>The answer of a function, or an exception; the object stays alive until here.</summary>
    public static long Answer(long answer, object? asked = null)
    {
        GC.KeepAlive(asked);
        return answer != Failed ? answer : throw Failure();
    }

    [LibraryImport(Library)]
    internal static partial byte* dv_last_error();

    [LibraryImport(Library)]
    internal static partial void dv_free(void* memory);

    [LibraryImport(Library)]
    internal static partial void dv_tensor_delete(nint tensor);

    [LibraryImport(Library)]
    private static partial long dv_live_tensors();
}
