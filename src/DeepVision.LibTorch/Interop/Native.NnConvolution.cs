using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Convolution and fully connected layers: Native/nn_convolution.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_nn_conv2d(
        nint input, nint weight, nint bias, ReadOnlySpan<long> stride, int strideCount, ReadOnlySpan<long> padding, int paddingCount,
        ReadOnlySpan<long> dilation, int dilationCount, long groups);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_conv2d_padding(
        nint input, nint weight, nint bias, ReadOnlySpan<long> stride, int strideCount, byte same, ReadOnlySpan<long> dilation,
        int dilationCount, long groups);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_linear(nint input, nint weight, nint bias);
}
