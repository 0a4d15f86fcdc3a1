using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Norms: Native/nn_norms.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_nn_batch_norm(
        nint input, nint mean, nint variance, nint weight, nint bias, byte training, double momentum, double eps);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_group_norm(nint input, long groups, nint weight, nint bias, double eps);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_layer_norm(nint input, ReadOnlySpan<long> shape, int shapeCount, nint weight, nint bias, double eps);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_normalize(nint input, double p, long dim, double eps);
}
