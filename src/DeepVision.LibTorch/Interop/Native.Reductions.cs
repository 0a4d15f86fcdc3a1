using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// Sums, means, extremes, orders: Native/math_reductions.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint dv_sum(nint self, int type);

    [LibraryImport(Library)]
    internal static partial nint dv_sum_dims(nint self, ReadOnlySpan<long> dim, int dim_count, byte keepdim, int type);

    [LibraryImport(Library)]
    internal static partial nint dv_mean(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_mean_dims(nint self, ReadOnlySpan<long> dimensions, int dimensions_count, byte keepdim, int type);

    [LibraryImport(Library)]
    internal static partial nint dv_var(nint self, byte unbiased);

    [LibraryImport(Library)]
    internal static partial nint dv_var_dims(nint self, ReadOnlySpan<long> dimensions, int dimensions_count, byte unbiased, byte keepdim, int type);

    [LibraryImport(Library)]
    internal static partial nint dv_std(nint self, byte unbiased);

    [LibraryImport(Library)]
    internal static partial nint dv_std_dims(nint self, ReadOnlySpan<long> dimensions, int dimensions_count, byte unbiased, byte keepdim, int type);

    [LibraryImport(Library)]
    internal static partial nint dv_prod(nint self, int type);

    [LibraryImport(Library)]
    internal static partial nint dv_norm(nint self, double p);

    [LibraryImport(Library)]
    internal static partial nint dv_norm_dim(nint self, long dim, byte keepdim, double p);

    [LibraryImport(Library)]
    internal static partial nint dv_max(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_max_dim(nint self, long dim, byte keepdim, nint* results);

    [LibraryImport(Library)]
    internal static partial nint dv_min(nint self);

    [LibraryImport(Library)]
    internal static partial int dv_min_dim(nint self, long dim, byte keepdim, nint* results);

    [LibraryImport(Library)]
    internal static partial nint dv_argmax(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_argmax_dim(nint self, long dim, byte keepdim);

    [LibraryImport(Library)]
    internal static partial nint dv_argmin(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_argmin_dim(nint self, long dim, byte keepdim);

    [LibraryImport(Library)]
    internal static partial nint dv_amax(nint self, ReadOnlySpan<long> dims, int dims_count, byte keepdim, nint @out);

    [LibraryImport(Library)]
    internal static partial nint dv_amin(nint self, ReadOnlySpan<long> dims, int dims_count, byte keepdim, nint @out);

    [LibraryImport(Library)]
    internal static partial nint dv_any(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_any_dim(nint self, long dim, byte keepdim);

    [LibraryImport(Library)]
    internal static partial nint dv_all(nint self);

    [LibraryImport(Library)]
    internal static partial nint dv_all_dim(nint self, long dim, byte keepdim);

    [LibraryImport(Library)]
    internal static partial nint dv_cumsum(nint self, long dim, int type);

    [LibraryImport(Library)]
    internal static partial nint dv_logsumexp(nint self, long dim, byte keepdim);

    [LibraryImport(Library)]
    internal static partial int dv_sort(nint self, long dim, byte descending, byte stable, nint* results);

    [LibraryImport(Library)]
    internal static partial nint dv_argsort(nint self, long dim, byte descending);

    [LibraryImport(Library)]
    internal static partial int dv_topk(nint self, long k, long dim, byte largest, byte sorted, nint* results);

    [LibraryImport(Library)]
    internal static partial nint dv_median(nint self);
}
