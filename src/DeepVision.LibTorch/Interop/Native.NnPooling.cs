using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Pools over images: Native/nn_pooling.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_nn_max_pool2d(
        nint input, ReadOnlySpan<long> kernel, int kernelCount, ReadOnlySpan<long> stride, int strideCount, ReadOnlySpan<long> padding,
        int paddingCount, ReadOnlySpan<long> dilation, int dilationCount, byte ceilMode);

    [LibraryImport(Library)]
    internal static partial int dv_nn_max_pool2d_with_indices(
        nint input, ReadOnlySpan<long> kernel, int kernelCount, ReadOnlySpan<long> stride, int strideCount, ReadOnlySpan<long> padding,
        int paddingCount, ReadOnlySpan<long> dilation, int dilationCount, byte ceilMode, nint* results);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_avg_pool2d(
        nint input, ReadOnlySpan<long> kernel, int kernelCount, ReadOnlySpan<long> stride, int strideCount, ReadOnlySpan<long> padding,
        int paddingCount, byte ceilMode, byte countIncludePad, long divisor);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_adaptive_avg_pool2d(nint input, ReadOnlySpan<long> size, int sizeCount);

    [LibraryImport(Library)]
    internal static partial int dv_nn_adaptive_max_pool2d(nint input, ReadOnlySpan<long> size, int sizeCount, nint* results);
}
