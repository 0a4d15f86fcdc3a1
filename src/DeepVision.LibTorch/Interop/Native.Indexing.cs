using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Indexing: Native/indexing.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_index(nint self, ReadOnlySpan<NativeIndex> indices, int count);

    [LibraryImport(Library)]
    internal static partial int dv_index_put(nint self, ReadOnlySpan<NativeIndex> indices, int count, nint value);

    [LibraryImport(Library)]
    internal static partial int dv_index_put_number(nint self, ReadOnlySpan<NativeIndex> indices, int count, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int dv_index_put_accumulate(nint self, ReadOnlySpan<nint> indices, int count, nint value);
}
