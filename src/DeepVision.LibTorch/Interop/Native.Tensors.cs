using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// What a tensor is; conversions of type and device: Native/tensors.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial long dv_dim(nint self);

    [LibraryImport(Library)]
    internal static partial long dv_numel(nint self);

    [LibraryImport(Library)]
    internal static partial long dv_element_size(nint self);

    [LibraryImport(Library)]
    internal static partial long dv_storage_offset(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_dtype(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_device_type(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_device_index(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_is_contiguous(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_is_sparse(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_size(nint self, long dim, out long result);

    [LibraryImport(Library)]
    internal static partial int dv_stride(nint self, long dim, out long result);

    [LibraryImport(Library)]
    internal static partial int dv_sizes(nint self, Span<long> results);

    [LibraryImport(Library)]
    internal static partial int dv_strides(nint self, Span<long> results);

    [LibraryImport(Library)]
    internal static partial int dv_data(nint self, void** result);

    [LibraryImport(Library)]
    internal static partial nint dv_to_type(nint self, int type, byte copy, byte non_blocking);

    [LibraryImport(Library)]
    internal static partial nint dv_to_device(nint self, int device_type, int device_index, byte copy, byte non_blocking);

    [LibraryImport(Library)]
    internal static partial nint dv_to_type_and_device(nint self, int type, int device_type, int device_index, byte copy, byte non_blocking);

    [LibraryImport(Library)]
    internal static partial nint dv_cpu(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_squeeze(nint self, byte one, long dim);

    [LibraryImport(Library)]
    internal static partial int dv_squeeze_(nint self, byte one, long dim);

    [LibraryImport(Library)]
    internal static partial nint dv_zero_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_repeat_interleave(nint self, long repeats, byte one, long dim);

    [LibraryImport(Library)]
    internal static partial nint dv_pin_memory(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_set_(nint self, nint source);

    [LibraryImport(Library)]
    internal static partial int dv_item(nint self, out ScalarValue result);

    [LibraryImport(Library)]
    internal static partial int dv_allclose(nint self, nint other, double rtol, double atol, byte equal_nan, out int result);

    [LibraryImport(Library)]
    internal static partial int dv_equal(nint self, nint other, out int result);
}
