using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Sums, means, extremes, orders.
    public unsafe partial class Tensor
    {
        /// <summary>The sum of all elements, as a tensor of no dimensions.</summary>
        public Tensor sum(ScalarType? type = null) => Result(Native.dv_sum(Handle, Code(type)), this);

        /// <summary>The sums along some dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Result(Native.dv_sum_dims(Handle, dim, dim.Length, Byte(keepdim), Code(type)), this);

        /// <summary>The sums along some dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        /// <summary>The sums along a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <summary>The sums along two dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        /// <summary>The mean of all elements, as a tensor of no dimensions.</summary>
        public Tensor mean() => Result(Native.dv_mean(Handle), this);

        /// <summary>The means along some dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Result(Native.dv_mean_dims(Handle, dimensions, dimensions.Length, Byte(keepdim), Code(type)), this);

        /// <summary>The variance of all elements; divided by their number minus one where <paramref name="unbiased"/>.</summary>
        public Tensor var(bool unbiased = true) => Result(Native.dv_var(Handle, Byte(unbiased)), this);

        /// <summary>The variances along some dimensions.</summary>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Result(Native.dv_var_dims(Handle, dimensions, dimensions.Length, Byte(unbiased), Byte(keepdim), Code(type)), this);

        /// <summary>The variances along some dimensions.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        /// <summary>The variances along a dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        /// <summary>The standard deviation of all elements; divided by their number minus one where <paramref name="unbiased"/>.</summary>
        public Tensor std(bool unbiased = true) => Result(Native.dv_std(Handle, Byte(unbiased)), this);

        /// <summary>The standard deviations along some dimensions.</summary>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Result(Native.dv_std_dims(Handle, dimensions, dimensions.Length, Byte(unbiased), Byte(keepdim), Code(type)), this);

        /// <summary>The standard deviations along some dimensions.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        /// <summary>The standard deviations along a dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => Result(Native.dv_prod(Handle, Code(type)), this);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2f) => Result(Native.dv_norm(Handle, p), this);

        /// <summary>The p-norms along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) =>
            Result(Native.dv_norm_dim(Handle, dim, Byte(keepdim), p), this);

        /// <summary>The largest of all elements, as a tensor of no dimensions.</summary>
        public Tensor max() => Result(Native.dv_max(Handle), this);

        /// <summary>The largest elements along a dimension, and their indices (int64).</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            nint* results = stackalloc nint[2];
            return Pair(Native.dv_max_dim(Handle, dim, Byte(keepdim), results), results, this);
        }

        /// <summary>The smallest of all elements, as a tensor of no dimensions.</summary>
        public Tensor min() => Result(Native.dv_min(Handle), this);

        /// <summary>The smallest elements along a dimension, and their indices (int64).</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            nint* results = stackalloc nint[2];
            return Pair(Native.dv_min_dim(Handle, dim, Byte(keepdim), results), results, this);
        }

        /// <summary>The larger of each pair of elements, broadcast.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The smaller of each pair of elements, broadcast.</summary>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>The flat index (int64) of the largest element.</summary>
        public Tensor argmax() => Result(Native.dv_argmax(Handle), this);

        /// <summary>The indices (int64) of the largest elements along a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Result(Native.dv_argmax_dim(Handle, dim, Byte(keepdim)), this);

        /// <summary>The flat index (int64) of the smallest element.</summary>
        public Tensor argmin() => Result(Native.dv_argmin(Handle), this);

        /// <summary>The indices (int64) of the smallest elements along a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Result(Native.dv_argmin_dim(Handle, dim, Byte(keepdim)), this);

        /// <summary>The largest elements along some dimensions; none means all. Their gradient is shared among equal ones.</summary>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Result(Native.dv_amax(Handle, dims, dims.Length, Byte(keepdim), HandleOf(@out)), this, @out);

        /// <summary>The largest elements along some dimensions; none means all. Their gradient is shared among equal ones.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax((ReadOnlySpan<long>)dims, keepdim, @out);

        /// <summary>The largest elements along some dimensions; none means all. Their gradient is shared among equal ones.</summary>
        public Tensor amax(params long[] dims) => amax((ReadOnlySpan<long>)dims, false, null);

        /// <summary>The smallest elements along some dimensions; none means all. Their gradient is shared among equal ones.</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Result(Native.dv_amin(Handle, dims, dims.Length, Byte(keepdim), HandleOf(@out)), this, @out);

        /// <summary>The smallest elements along some dimensions; none means all. Their gradient is shared among equal ones.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin((ReadOnlySpan<long>)dims, keepdim, @out);

        /// <summary>The smallest elements along some dimensions; none means all. Their gradient is shared among equal ones.</summary>
        public Tensor amin(params long[] dims) => amin((ReadOnlySpan<long>)dims, false, null);

        /// <summary>A boolean tensor of no dimensions: whether one is true.</summary>
        public Tensor any() => Result(Native.dv_any(Handle), this);

        /// <summary>Booleans: whether one is true along a dimension.</summary>
        public Tensor any(long dim, bool keepdim = false) => Result(Native.dv_any_dim(Handle, dim, Byte(keepdim)), this);

        /// <summary>A boolean tensor of no dimensions: whether all are true.</summary>
        public Tensor all() => Result(Native.dv_all(Handle), this);

        /// <summary>Booleans: whether all are true along a dimension.</summary>
        public Tensor all(long dim, bool keepdim = false) => Result(Native.dv_all_dim(Handle, dim, Byte(keepdim)), this);

        /// <summary>The running sums along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Result(Native.dv_cumsum(Handle, dim, Code(type)), this);

        /// <summary>The logarithm of the sum of exponentials along a dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Result(Native.dv_logsumexp(Handle, dim, Byte(keepdim)), this);

        /// <summary>The elements in order along a dimension, and their former indices (int64).</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            nint* results = stackalloc nint[2];
            return Pair(Native.dv_sort(Handle, dim, Byte(descending), Byte(stable), results), results, this);
        }

        /// <summary>The indices (int64) that put a dimension in order.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) =>
            Result(Native.dv_argsort(Handle, dim, Byte(descending)), this);

        /// <summary>The k largest (or smallest) elements along a dimension, and their indices (int64).</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            nint* results = stackalloc nint[2];
            return Pair(Native.dv_topk(Handle, k, dim, Byte(largest), Byte(sorted), results), results, this);
        }

        /// <summary>The median of all elements; the lower of two.</summary>
        public Tensor median() => Result(Native.dv_median(Handle), this);
    }
}
