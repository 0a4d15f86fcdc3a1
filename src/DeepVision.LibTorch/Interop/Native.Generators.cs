using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Generators of random numbers: Native/random.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_generator_new(ulong seed, int device_type, int device_index);

    [LibraryImport(Library)]
    internal static partial nint dv_generator_default();

    [LibraryImport(Library)]
    internal static partial void dv_generator_delete(nint generator);

    [LibraryImport(Library)]
    internal static partial int dv_generator_seed(nint generator, long seed);

    [LibraryImport(Library)]
    internal static partial int dv_generator_initial_seed(nint generator, out long seed);

    [LibraryImport(Library)]
    internal static partial nint dv_generator_state(nint generator);

    [LibraryImport(Library)]
    internal static partial int dv_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    internal static partial int dv_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int dv_cuda_manual_seed(long seed, byte all_devices);
}
