using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Devices, threads, switches: Native/devices.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial byte* dv_libtorch_version();

    [LibraryImport(Library)]
    internal static partial int dv_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int dv_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int dv_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int dv_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int dv_cuda_compiled();

    [LibraryImport(Library)]
    internal static partial int dv_cudnn_is_available();

    [LibraryImport(Library)]
    internal static partial int dv_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int dv_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial int dv_get_allow_tf32_cublas();

    [LibraryImport(Library)]
    internal static partial int dv_set_allow_tf32_cublas(byte allow);

    [LibraryImport(Library)]
    internal static partial int dv_get_allow_tf32_cudnn();

    [LibraryImport(Library)]
    internal static partial int dv_set_allow_tf32_cudnn(byte allow);
}
