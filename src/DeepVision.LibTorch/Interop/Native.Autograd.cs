using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Gradients: Native/autograd.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int dv_requires_grad(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_set_requires_grad(nint self, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial int dv_is_leaf(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_retain_grad(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_grad(nint self, out int has_grad);

    [LibraryImport(Library)]
    internal static partial int dv_set_grad(nint self, nint grad);

    [LibraryImport(Library)]
    internal static partial int dv_backward(
        ReadOnlySpan<nint> tensors, int tensors_count, ReadOnlySpan<nint> gradients, int gradients_count, byte retain_graph, byte create_graph,
        ReadOnlySpan<nint> inputs, int inputs_count);

    [LibraryImport(Library)]
    internal static partial int dv_autograd_grad(
        ReadOnlySpan<nint> outputs, int outputs_count, ReadOnlySpan<nint> inputs, int inputs_count, ReadOnlySpan<nint> gradients, int gradients_count,
        byte retain_graph, byte create_graph, byte allow_unused, nint** results);

    [LibraryImport(Library)]
    internal static partial int dv_grad_mode();

    [LibraryImport(Library)]
    internal static partial void dv_set_grad_mode(byte enabled);

    [LibraryImport(Library)]
    internal static partial int dv_inference_mode();

    [LibraryImport(Library)]
    internal static partial int dv_inference_guard(byte enabled, void** result);

    [LibraryImport(Library)]
    internal static partial void dv_inference_guard_delete(void* guard);
}
