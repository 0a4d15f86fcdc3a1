using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Elements chosen by indices or masks.
    public unsafe partial class Tensor
    {
        /// <summary>A copy of the stated indices of a dimension.</summary>
        public Tensor index_select(long dim, Tensor index) => Result(Native.dv_index_select(Handle, dim, index.Handle), this, index);

        /// <summary>For each index its element along a dimension; the result has the shape of <paramref name="index"/> (int64).</summary>
        public Tensor gather(long dim, Tensor index) => Result(Native.dv_gather(Handle, dim, index.Handle), this, index);

        /// <summary>Writes each element of <paramref name="src"/> to its index along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Result(Native.dv_scatter(Handle, dim, index.Handle, src.Handle), this, index, src);

        /// <summary>Adds each element of <paramref name="src"/> at its index along a dimension.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Result(Native.dv_scatter_add(Handle, dim, index.Handle, src.Handle), this, index, src);

        /// <summary>Sets the stated indices of a dimension to a number.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) =>
            Result(Native.dv_index_fill(Handle, dim, index.Handle, value.Value), this, index);

        /// <summary>Copies slices to the stated indices of a dimension.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) =>
            Result(Native.dv_index_copy(Handle, dim, index.Handle, source.Handle), this, index, source);

        /// <summary>Adds slices, times <paramref name="alpha"/>, at the stated indices of a dimension.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Result(Native.dv_index_add(Handle, dim, index.Handle, source.Handle, alpha.Value), this, index, source);

        /// <summary>Writes each element of <paramref name="src"/> to its index along a dimension, in place.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            InPlace(Native.dv_scatter_(Handle, dim, index.Handle, src.Handle), index, src);

        /// <summary>Adds each element of <paramref name="src"/> at its index along a dimension, in place.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            InPlace(Native.dv_scatter_add_(Handle, dim, index.Handle, src.Handle), index, src);

        /// <summary>Sets the stated indices of a dimension to a number, in place.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) =>
            InPlace(Native.dv_index_fill_(Handle, dim, index.Handle, value.Value), index);

        /// <summary>Copies slices to the stated indices of a dimension, in place.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            InPlace(Native.dv_index_copy_(Handle, dim, index.Handle, source.Handle), index, source);

        /// <summary>Adds slices, times <paramref name="alpha"/>, at the stated indices of a dimension, in place.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace(Native.dv_index_add_(Handle, dim, index.Handle, source.Handle, alpha.Value), index, source);

        /// <summary>The elements where <paramref name="mask"/> is true, as one dimension.</summary>
        public Tensor masked_select(Tensor mask) => Result(Native.dv_masked_select(Handle, mask.Handle), this, mask);

        /// <summary>The indices of all elements that are not zero, (count, dimensions), int64.</summary>
        public Tensor nonzero() => Result(Native.dv_nonzero(Handle), this);

        /// <summary>Elements by their flat indices; the result has the shape of <paramref name="index"/>.</summary>
        public Tensor take(Tensor index) => Result(Native.dv_take(Handle, index.Handle), this, index);

        /// <summary>This tensor where <paramref name="condition"/> is true, else <paramref name="y"/>, broadcast.</summary>
        public Tensor where(Tensor condition, Tensor y) => Result(Native.dv_where(Handle, condition.Handle, y.Handle), this, condition, y);
    }
}
