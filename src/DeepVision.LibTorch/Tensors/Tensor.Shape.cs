using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Views and rearrangements.
    public unsafe partial class Tensor
    {
        /// <summary>The same memory under another shape; one size may be -1. Fails where the strides do not allow it.</summary>
        public Tensor view(params long[] shape) => Result(Native.dv_view(Handle, shape, shape.Length), this);

        /// <summary>The elements under another shape, as a view where possible; one size may be -1.</summary>
        public Tensor reshape(params long[] shape) => Result(Native.dv_reshape(Handle, shape, shape.Length), this);

        /// <summary>A view with the dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) =>
            Result(Native.dv_permute(Handle, permutation, permutation.Length), this);

        /// <summary>A view with two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => Result(Native.dv_transpose(Handle, dim0, dim1), this);

        /// <summary>A view of a matrix with its dimensions exchanged.</summary>
        public Tensor t() => Result(Native.dv_t(Handle), this);

        /// <summary>Several neighbouring dimensions as one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Result(Native.dv_flatten(Handle, start_dim, end_dim), this);

        /// <summary>One dimension as several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) =>
            Result(Native.dv_unflatten(Handle, dim, sizes, sizes.Length), this);

        /// <summary>A view with a dimension of size one put in.</summary>
        public Tensor unsqueeze(long dim) => Result(Native.dv_unsqueeze(Handle, dim), this);

        /// <summary>Puts in a dimension of size one, in place.</summary>
        public Tensor unsqueeze_(long dim) => InPlace(Native.dv_unsqueeze_(Handle, dim));

        /// <summary>A view in which dimensions of size one are repeated without a copy; -1 keeps a size.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Result(Native.dv_expand(Handle, sizes, sizes.Length, Byte(isImplicit)), this);

        /// <summary>A view in which dimensions of size one are repeated without a copy; -1 keeps a size.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        /// <summary>A view in which dimensions of size one are repeated without a copy; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes, false);

        /// <summary>A view expanded to the shape of another tensor.</summary>
        public Tensor expand_as(Tensor other) => Result(Native.dv_expand_as(Handle, other.Handle), this, other);

        /// <summary>A view broadcast to a shape.</summary>
        public Tensor broadcast_to(params long[] shape) => Result(Native.dv_broadcast_to(Handle, shape, shape.Length), this);

        /// <summary>A copy with the tensor repeated along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Result(Native.dv_repeat(Handle, sizes, sizes.Length), this);

        /// <summary>A view of a range of one dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Result(Native.dv_narrow(Handle, dim, start, length), this);

        /// <summary>A view of one dimension from <paramref name="start"/> to before <paramref name="finish"/>.</summary>
        public Tensor slice(long dim, long start, long finish, long step) =>
            Result(Native.dv_slice(Handle, dim, start, finish, step), this);

        /// <summary>A view of one index of a dimension, which goes away.</summary>
        public Tensor select(long dim, long index) => Result(Native.dv_select(Handle, dim, index), this);

        /// <summary>The same memory under the shape of another tensor.</summary>
        public Tensor view_as(Tensor other) => Result(Native.dv_view_as(Handle, other.Handle), this, other);

        /// <summary>A view of the same storage with stated sizes, strides and offset, in elements.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Result(Native.dv_as_strided(Handle, size, size.Length, strides, strides.Length, storageOffset), this);

        /// <summary>The elements in row-major order: this memory if it is so already, else a copy.</summary>
        public Tensor contiguous() => Result(Native.dv_contiguous(Handle), this);

        /// <summary>A copy with the same strides where they leave no gap; gradients flow through.</summary>
        public Tensor clone() => Result(Native.dv_clone(Handle), this);

        /// <summary>The same memory, outside the graph of gradients.</summary>
        public Tensor detach() => Result(Native.dv_detach(Handle), this);

        /// <summary>Takes this tensor out of the graph of gradients.</summary>
        public Tensor detach_() => InPlace(Native.dv_detach_(Handle));

        /// <summary>Another handle on the same native tensor.</summary>
        public Tensor alias() => Result(Native.dv_alias(Handle), this);

        /// <summary>A copy with the order of some dimensions turned round.</summary>
        public Tensor flip(params long[] dims) => Result(Native.dv_flip(Handle, dims, dims.Length), this);

        /// <summary>A copy shifted along some dimensions, with what falls off put in at the other end; without dimensions the flat tensor is shifted.</summary>
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            Result(Native.dv_roll(Handle, shifts, shifts.Length, dims, dims.Length), this);

        /// <summary>A copy shifted along some dimensions, with what falls off put in at the other end.</summary>
        public Tensor roll(long[] shifts, long[] dims) => roll((ReadOnlySpan<long>)shifts, (ReadOnlySpan<long>)dims);

        /// <summary>The lower triangle of matrices, zero above the diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Result(Native.dv_tril(Handle, diagonal), this);

        /// <summary>The upper triangle of matrices, zero below the diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Result(Native.dv_triu(Handle, diagonal), this);

        /// <summary>A view with some dimensions moved to other places.</summary>
        public Tensor movedim(long[] source, long[] destination) =>
            Result(Native.dv_movedim(Handle, source, source.Length, destination, destination.Length), this);

        /// <summary>Views that cut a dimension into at most <paramref name="chunks"/> parts of one size, the last perhaps smaller.</summary>
        public Tensor[] chunk(long chunks, long dim = 0)
        {
            nint* results;
            return List(Native.dv_chunk(Handle, chunks, dim, &results), results, this);
        }

        /// <summary>Views that cut a dimension into parts of a size, the last perhaps smaller.</summary>
        public Tensor[] split(long size, int dim = 0)
        {
            nint* results;
            return List(Native.dv_split(Handle, size, dim, &results), results, this);
        }

        /// <summary>Views that cut a dimension into parts of stated sizes.</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            nint* results;
            return List(Native.dv_split_sizes(Handle, sizes, sizes.Length, dim, &results), results, this);
        }

        /// <summary>Views that cut a dimension into parts of stated sizes.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);

        /// <summary>Views of every index of a dimension, which goes away.</summary>
        public Tensor[] unbind(long dimension = 0)
        {
            nint* results;
            return List(Native.dv_unbind(Handle, dimension, &results), results, this);
        }
    }
}
