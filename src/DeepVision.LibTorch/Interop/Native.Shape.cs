using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Views and rearrangements: Native/shape.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_view(nint self, ReadOnlySpan<long> shape, int shape_count);

    [LibraryImport(Library)]
    internal static partial nint dv_reshape(nint self, ReadOnlySpan<long> shape, int shape_count);

    [LibraryImport(Library)]
    internal static partial nint dv_permute(nint self, ReadOnlySpan<long> permutation, int permutation_count);

    [LibraryImport(Library)]
    internal static partial nint dv_transpose(nint self, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial nint dv_t(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_flatten(nint self, long start_dim, long end_dim);

    [LibraryImport(Library)]
    internal static partial nint dv_unflatten(nint self, long dim, ReadOnlySpan<long> sizes, int sizes_count);

    [LibraryImport(Library)]
    internal static partial nint dv_unsqueeze(nint self, long dim);

    [LibraryImport(Library)]
    internal static partial int dv_unsqueeze_(nint self, long dim);

    [LibraryImport(Library)]
    internal static partial nint dv_expand(nint self, ReadOnlySpan<long> sizes, int sizes_count, byte isImplicit);

    [LibraryImport(Library)]
    internal static partial nint dv_expand_as(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_broadcast_to(nint self, ReadOnlySpan<long> shape, int shape_count);

    [LibraryImport(Library)]
    internal static partial nint dv_repeat(nint self, ReadOnlySpan<long> sizes, int sizes_count);

    [LibraryImport(Library)]
    internal static partial nint dv_narrow(nint self, long dim, long start, long length);

    [LibraryImport(Library)]
    internal static partial nint dv_slice(nint self, long dim, long start, long finish, long step);

    [LibraryImport(Library)]
    internal static partial nint dv_select(nint self, long dim, long index);

    [LibraryImport(Library)]
    internal static partial nint dv_view_as(nint self, nint other);

    [LibraryImport(Library)]
    internal static partial nint dv_as_strided(nint self, ReadOnlySpan<long> size, int size_count, ReadOnlySpan<long> strides, int strides_count, long storageOffset);

    [LibraryImport(Library)]
    internal static partial nint dv_contiguous(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_clone(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_detach(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_detach_(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_alias(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_flip(nint self, ReadOnlySpan<long> dims, int dims_count);

    [LibraryImport(Library)]
    internal static partial nint dv_roll(nint self, ReadOnlySpan<long> shifts, int shifts_count, ReadOnlySpan<long> dims, int dims_count);

    [LibraryImport(Library)]
    internal static partial nint dv_tril(nint self, long diagonal);

    [LibraryImport(Library)]
    internal static partial nint dv_triu(nint self, long diagonal);

    [LibraryImport(Library)]
    internal static partial nint dv_movedim(nint self, ReadOnlySpan<long> source, int source_count, ReadOnlySpan<long> destination, int destination_count);

    [LibraryImport(Library)]
    internal static partial int dv_chunk(nint self, long chunks, long dim, nint** results);

    [LibraryImport(Library)]
    internal static partial int dv_split(nint self, long size, long dim, nint** results);

    [LibraryImport(Library)]
    internal static partial int dv_split_sizes(nint self, ReadOnlySpan<long> sizes, int sizes_count, long dim, nint** results);

    [LibraryImport(Library)]
    internal static partial int dv_unbind(nint self, long dimension, nint** results);
}
