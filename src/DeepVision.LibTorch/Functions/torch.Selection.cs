namespace TorchSharp;

public static partial class torch
{
    // Elements chosen by indices or masks: what the methods of a tensor do, as functions.
    /// <summary>A copy of the stated indices of a dimension.</summary>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <summary>For each index its element along a dimension; the result has the shape of <paramref name="index"/> (int64).</summary>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <summary>The elements where <paramref name="mask"/> is true, as one dimension.</summary>
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    /// <summary>The indices of all elements that are not zero, (count, dimensions), int64.</summary>
    public static Tensor nonzero(Tensor input) => input.nonzero();

    /// <summary>Elements by their flat indices; the result has the shape of <paramref name="index"/>.</summary>
    public static Tensor take(Tensor input, Tensor index) => input.take(index);

    /// <summary>Writes each element of <paramref name="src"/> to its index along a dimension.</summary>
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    /// <summary>Writes each element of <paramref name="src"/> to its index along a dimension, in place.</summary>
    public static Tensor scatter_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_(dim, index, src);
}
