using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Elements chosen by indices or masks: Native/selection.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_index_select(nint self, long dim, nint index);

    [LibraryImport(Library)]
    internal static partial nint dv_gather(nint self, long dim, nint index);

    [LibraryImport(Library)]
    internal static partial nint dv_scatter(nint self, long dim, nint index, nint src);

    [LibraryImport(Library)]
    internal static partial nint dv_scatter_add(nint self, long dim, nint index, nint src);

    [LibraryImport(Library)]
    internal static partial nint dv_index_fill(nint self, long dim, nint index, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint dv_index_copy(nint self, long dim, nint index, nint source);

    [LibraryImport(Library)]
    internal static partial nint dv_index_add(nint self, long dim, nint index, nint source, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int dv_scatter_(nint self, long dim, nint index, nint src);

    [LibraryImport(Library)]
    internal static partial int dv_scatter_add_(nint self, long dim, nint index, nint src);

    [LibraryImport(Library)]
    internal static partial int dv_index_fill_(nint self, long dim, nint index, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int dv_index_copy_(nint self, long dim, nint index, nint source);

    [LibraryImport(Library)]
    internal static partial int dv_index_add_(nint self, long dim, nint index, nint source, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint dv_masked_select(nint self, nint mask);

    [LibraryImport(Library)]
    internal static partial nint dv_nonzero(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_take(nint self, nint index);

    [LibraryImport(Library)]
    internal static partial nint dv_where(nint self, nint condition, nint y);
}
