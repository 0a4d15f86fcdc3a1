namespace TorchSharp;

public static partial class torch
{
    // Comparisons, and tests of each element: what the methods of a tensor do, as functions.
    /// <summary>Booleans: which elements are equal to those of <paramref name="right"/>, broadcast.</summary>
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    /// <summary>Booleans: which elements are unlike those of <paramref name="right"/>, broadcast.</summary>
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    /// <summary>Booleans: which elements are less than those of <paramref name="right"/>, broadcast.</summary>
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    /// <summary>Booleans: which elements are at most those of <paramref name="right"/>, broadcast.</summary>
    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    /// <summary>Booleans: which elements are greater than those of <paramref name="right"/>, broadcast.</summary>
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    /// <summary>Booleans: which elements are at least those of <paramref name="right"/>, broadcast.</summary>
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    /// <summary>Booleans: which elements are NaN.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Booleans: which elements are infinite.</summary>
    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    /// <summary>Booleans: which elements are neither infinite nor NaN.</summary>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <summary>Booleans: where both are true, counting any number but zero as true.</summary>
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    /// <summary>Booleans: where one or both are true, counting any number but zero as true.</summary>
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    /// <summary>Booleans: which elements are zero.</summary>
    public static Tensor logical_not(Tensor input) => input.logical_not();

    /// <summary>Whether all elements of two tensors differ by at most <paramref name="atol"/> plus <paramref name="rtol"/> times those of <paramref name="target"/>.</summary>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    /// <summary>Booleans: which elements differ by at most <paramref name="atol"/> plus <paramref name="rtol"/> times the other one.</summary>
    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
        tensor.isclose(other, rtol, atol, nanEqual);
}
