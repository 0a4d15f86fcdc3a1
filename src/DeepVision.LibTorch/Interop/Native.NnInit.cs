using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Initialisation: Native/nn_init.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int dv_nn_trunc_normal_(nint tensor, double mean, double std, double low, double high, nint generator);
}
