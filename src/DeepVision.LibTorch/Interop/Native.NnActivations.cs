using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Activations and dropout: Native/nn_activations.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_nn_relu(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_relu6(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_leaky_relu(nint x, double slope, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_silu(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_hardswish(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_hardsigmoid(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_gelu(nint x, byte tanh, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_mish(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_elu(nint x, double alpha, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_hardtanh(nint x, double low, double high, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_sigmoid(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_tanh(nint x, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_dropout(nint x, double p, byte training, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_dropout2d(nint x, double p, byte training, byte inplace);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_softplus(nint x, double beta, double threshold);
}
