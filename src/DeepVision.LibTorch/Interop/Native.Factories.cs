using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// New tensors: Native/factories.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_empty(ReadOnlySpan<long> size, int size_count, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_empty_strided(
        ReadOnlySpan<long> size, int size_count, ReadOnlySpan<long> strides, int strides_count, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_zeros(ReadOnlySpan<long> size, int size_count, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_ones(ReadOnlySpan<long> size, int size_count, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_full(
        ReadOnlySpan<long> size, int size_count, ScalarValue value, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_arange(
        ScalarValue start, ScalarValue stop, ScalarValue step, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_linspace(double start, double end, long steps, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_eye(long rows, long columns, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_rand(
        ReadOnlySpan<long> size, int size_count, int type, int device_type, int device_index, byte requires_grad, nint generator);

    [LibraryImport(Library)]
    internal static partial nint dv_randn(
        ReadOnlySpan<long> size, int size_count, int type, int device_type, int device_index, byte requires_grad, nint generator);

    [LibraryImport(Library)]
    internal static partial nint dv_randint(
        long low, long high, ReadOnlySpan<long> size, int size_count, int type, int device_type, int device_index, byte requires_grad, nint generator);

    [LibraryImport(Library)]
    internal static partial nint dv_randperm(long n, int type, int device_type, int device_index, byte requires_grad, nint generator);

    [LibraryImport(Library)]
    internal static partial nint dv_like(nint self, int kind, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_full_like(nint self, ScalarValue value, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_from_memory(
        void* data, ReadOnlySpan<long> size, int size_count, int source_type, int type, int device_type, int device_index, byte requires_grad);

    [LibraryImport(Library)]
    internal static partial nint dv_cat(ReadOnlySpan<nint> tensors, int tensors_count, long dim);

    [LibraryImport(Library)]
    internal static partial nint dv_stack(ReadOnlySpan<nint> tensors, int tensors_count, long dim);

    [LibraryImport(Library)]
    internal static partial int dv_meshgrid(ReadOnlySpan<nint> tensors, int tensors_count, byte xy, nint** results);
}
