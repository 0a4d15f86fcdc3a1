using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Padding and resizing of images, one-hot codes: Native/nn_vision.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_nn_pad(nint input, ReadOnlySpan<long> padding, int paddingCount, int mode, double value);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_interpolate(
        nint x, ReadOnlySpan<long> size, int sizeCount, ReadOnlySpan<double> scales, int scalesCount, int mode, int align,
        byte recomputeScaleFactor, byte antialias);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_one_hot(nint x, long classes);
}
