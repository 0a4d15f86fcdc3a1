using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Steps of the optimisers and the clipping of gradients: Native/optim.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int dv_optim_sgd(
        nint parameter, nint* buffer, double rate, double momentum, double dampening, double weightDecay, byte nesterov, byte maximize);

    [LibraryImport(Library)]
    internal static partial int dv_optim_adamw(
        nint parameter, nint expAvg, nint expAvgSq, nint maxExpAvgSq, long step, double rate, double beta1, double beta2, double eps,
        double weightDecay, byte maximize);

    [LibraryImport(Library)]
    internal static partial int dv_optim_has_grad(nint parameter, byte* result);

    [LibraryImport(Library)]
    internal static partial int dv_optim_zero_grads(ReadOnlySpan<nint> parameters, int count);

    [LibraryImport(Library)]
    internal static partial int dv_nn_clip_grad_norm_(
        ReadOnlySpan<nint> parameters, int count, double maxNorm, double normType, double* total);

    [LibraryImport(Library)]
    internal static partial int dv_nn_clip_grad_value_(ReadOnlySpan<nint> parameters, int count, double value);
}
