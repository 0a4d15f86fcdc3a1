using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8((nint)Native.dv_libtorch_version())!;

    /// <summary>
    /// How many threads an operation on the CPU uses. Unless <c>OMP_NUM_THREADS</c> says otherwise, this binding starts with one
    /// a processor that the process may use.
    /// </summary>
    public static int get_num_threads() => (int)Native.Answer(Native.dv_get_num_threads());

    /// <summary>Sets how many threads an operation on the CPU uses.</summary>
    public static void set_num_threads(int num) => Native.Check(Native.dv_set_num_threads(num));

    /// <summary>How many threads run operations beside each other.</summary>
    public static int get_num_interop_threads() => (int)Native.Answer(Native.dv_get_num_interop_threads());

    /// <summary>Sets how many threads run operations beside each other; possible once, before the first of them runs.</summary>
    public static void set_num_interop_threads(int num) => Native.Check(Native.dv_set_num_interop_threads(num));
}
