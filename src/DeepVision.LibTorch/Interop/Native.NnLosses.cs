using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Losses: Native/nn_losses.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_nn_cross_entropy(
        nint input, nint target, nint weight, long ignoreIndex, long reduction, double labelSmoothing);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_nll_loss(nint input, nint target, nint weight, long ignoreIndex, long reduction);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_binary_cross_entropy_with_logits(
        nint input, nint target, nint weight, nint posWeights, long reduction);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_smooth_l1_loss(nint input, nint target, long reduction, double beta);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_l1_loss(nint input, nint target, long reduction);

    [LibraryImport(Library)]
    internal static partial nint dv_nn_mse_loss(nint input, nint target, long reduction);
}
