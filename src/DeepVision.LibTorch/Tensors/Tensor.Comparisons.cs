using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Comparisons, and tests of each element.
    public unsafe partial class Tensor
    {
        /// <summary>Booleans: which elements are equal to those of <paramref name="target"/>, broadcast.</summary>
        public Tensor eq(Tensor target) => Result(Native.dv_eq_tensor(Handle, target.Handle), this, target);

        /// <summary>Booleans: which elements are equal to a number.</summary>
        public Tensor eq(Scalar target) => Result(Native.dv_eq_scalar(Handle, target.Value), this);

        /// <summary>Booleans: which elements are unlike those of <paramref name="target"/>, broadcast.</summary>
        public Tensor ne(Tensor target) => Result(Native.dv_ne_tensor(Handle, target.Handle), this, target);

        /// <summary>Booleans: which elements are unlike a number.</summary>
        public Tensor ne(Scalar target) => Result(Native.dv_ne_scalar(Handle, target.Value), this);

        /// <summary>Booleans: which elements are less than those of <paramref name="target"/>, broadcast.</summary>
        public Tensor lt(Tensor target) => Result(Native.dv_lt_tensor(Handle, target.Handle), this, target);

        /// <summary>Booleans: which elements are less than a number.</summary>
        public Tensor lt(Scalar target) => Result(Native.dv_lt_scalar(Handle, target.Value), this);

        /// <summary>Booleans: which elements are at most those of <paramref name="target"/>, broadcast.</summary>
        public Tensor le(Tensor target) => Result(Native.dv_le_tensor(Handle, target.Handle), this, target);

        /// <summary>Booleans: which elements are at most a number.</summary>
        public Tensor le(Scalar target) => Result(Native.dv_le_scalar(Handle, target.Value), this);

        /// <summary>Booleans: which elements are greater than those of <paramref name="target"/>, broadcast.</summary>
        public Tensor gt(Tensor target) => Result(Native.dv_gt_tensor(Handle, target.Handle), this, target);

        /// <summary>Booleans: which elements are greater than a number.</summary>
        public Tensor gt(Scalar target) => Result(Native.dv_gt_scalar(Handle, target.Value), this);

        /// <summary>Booleans: which elements are at least those of <paramref name="target"/>, broadcast.</summary>
        public Tensor ge(Tensor target) => Result(Native.dv_ge_tensor(Handle, target.Handle), this, target);

        /// <summary>Booleans: which elements are at least a number.</summary>
        public Tensor ge(Scalar target) => Result(Native.dv_ge_scalar(Handle, target.Value), this);

        /// <summary>Booleans: which elements are NaN.</summary>
        public Tensor isnan() => Result(Native.dv_isnan(Handle), this);

        /// <summary>Booleans: which elements are infinite.</summary>
        public Tensor isinf() => Result(Native.dv_isinf(Handle), this);

        /// <summary>Booleans: which elements are neither infinite nor NaN.</summary>
        public Tensor isfinite() => Result(Native.dv_isfinite(Handle), this);

        /// <summary>Booleans: where both are true, counting any number but zero as true.</summary>
        public Tensor logical_and(Tensor other) => Result(Native.dv_logical_and(Handle, other.Handle), this, other);

        /// <summary>The bitwise and of integers or booleans.</summary>
        public Tensor bitwise_and(Tensor other) => Result(Native.dv_bitwise_and(Handle, other.Handle), this, other);

        /// <summary>Booleans: where one or both are true, counting any number but zero as true.</summary>
        public Tensor logical_or(Tensor other) => Result(Native.dv_logical_or(Handle, other.Handle), this, other);

        /// <summary>The bitwise or of integers or booleans.</summary>
        public Tensor bitwise_or(Tensor other) => Result(Native.dv_bitwise_or(Handle, other.Handle), this, other);

        /// <summary>Booleans: where exactly one is true, counting any number but zero as true.</summary>
        public Tensor logical_xor(Tensor other) => Result(Native.dv_logical_xor(Handle, other.Handle), this, other);

        /// <summary>The bitwise xor of integers or booleans.</summary>
        public Tensor bitwise_xor(Tensor other) => Result(Native.dv_bitwise_xor(Handle, other.Handle), this, other);

        /// <summary>Booleans: which elements are zero.</summary>
        public Tensor logical_not() => Result(Native.dv_logical_not(Handle), this);

        /// <summary>The bitwise complement of integers, or the negation of booleans.</summary>
        public Tensor bitwise_not() => Result(Native.dv_bitwise_not(Handle), this);

        /// <summary>Booleans: which elements differ by at most <paramref name="atol"/> plus <paramref name="rtol"/> times the other one.</summary>
        public Tensor isclose(Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
            Result(Native.dv_isclose(Handle, other.Handle, rtol, atol, Byte(nanEqual)), this, other);
    }
}
