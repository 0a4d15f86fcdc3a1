using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Sums, products and powers of tensors.
    public unsafe partial class Tensor
    {
        /// <summary>This tensor plus <paramref name="alpha"/> times <paramref name="target"/>, broadcast.</summary>
        public Tensor add(Tensor target, Scalar alpha) =>
            Result(Native.dv_add_tensor(Handle, target.Handle, alpha.Value), this, target);

        /// <summary>This tensor plus <paramref name="alpha"/> times <paramref name="scalar"/>.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Result(Native.dv_add_scalar(Handle, scalar.Value, alpha.Value), this);

        /// <summary>The sum of this tensor and <paramref name="target"/>, broadcast.</summary>
        public Tensor add(Tensor target) => Result(Native.dv_add_tensor(Handle, target.Handle, ScalarValue.One), this, target);

        /// <summary>The sum of this tensor and a number.</summary>
        public Tensor add(Scalar scalar) => Result(Native.dv_add_scalar(Handle, scalar.Value, ScalarValue.One), this);

        /// <summary>This tensor plus <paramref name="alpha"/> times <paramref name="target"/>, broadcast, in place.</summary>
        public Tensor add_(Tensor target, Scalar alpha) =>
            InPlace(Native.dv_add_tensor_(Handle, target.Handle, alpha.Value), target);

        /// <summary>This tensor plus <paramref name="alpha"/> times <paramref name="scalar"/>, in place.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) =>
            InPlace(Native.dv_add_scalar_(Handle, scalar.Value, alpha.Value));

        /// <summary>The sum of this tensor and <paramref name="target"/>, broadcast, in place.</summary>
        public Tensor add_(Tensor target) => InPlace(Native.dv_add_tensor_(Handle, target.Handle, ScalarValue.One), target);

        /// <summary>The sum of this tensor and a number, in place.</summary>
        public Tensor add_(Scalar scalar) => InPlace(Native.dv_add_scalar_(Handle, scalar.Value, ScalarValue.One));

        /// <summary>The difference of this tensor and <paramref name="target"/>, broadcast.</summary>
        public Tensor sub(Tensor target) => Result(Native.dv_sub_tensor(Handle, target.Handle), this, target);

        /// <summary>The difference of this tensor and a number.</summary>
        public Tensor sub(Scalar target) => Result(Native.dv_sub_scalar(Handle, target.Value), this);

        /// <summary>The difference of this tensor and <paramref name="target"/>, broadcast, in place.</summary>
        public Tensor sub_(Tensor target) => InPlace(Native.dv_sub_tensor_(Handle, target.Handle), target);

        /// <summary>The difference of this tensor and a number, in place.</summary>
        public Tensor sub_(Scalar target) => InPlace(Native.dv_sub_scalar_(Handle, target.Value));

        /// <summary>The product of this tensor and <paramref name="target"/>, broadcast.</summary>
        public Tensor mul(Tensor target) => Result(Native.dv_mul_tensor(Handle, target.Handle), this, target);

        /// <summary>The product of this tensor and a number.</summary>
        public Tensor mul(Scalar target) => Result(Native.dv_mul_scalar(Handle, target.Value), this);

        /// <summary>The product of this tensor and <paramref name="target"/>, broadcast, in place.</summary>
        public Tensor mul_(Tensor target) => InPlace(Native.dv_mul_tensor_(Handle, target.Handle), target);

        /// <summary>The product of this tensor and a number, in place.</summary>
        public Tensor mul_(Scalar target) => InPlace(Native.dv_mul_scalar_(Handle, target.Value));

        /// <summary>This tensor divided by <paramref name="target"/>, broadcast.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(Native.dv_div_tensor(Handle, target.Handle, (int)rounding_mode), this, target);

        /// <summary>This tensor divided by a number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(Native.dv_div_scalar(Handle, target.Value, (int)rounding_mode), this);

        /// <summary>The remainder of a division, with the sign of the divisor.</summary>
        public Tensor remainder(Tensor target) => Result(Native.dv_remainder_tensor(Handle, target.Handle), this, target);

        /// <summary>The remainder of a division by a number, with the sign of the divisor.</summary>
        public Tensor remainder(Scalar scalar) => Result(Native.dv_remainder_scalar(Handle, scalar.Value), this);

        /// <summary>This tensor to the powers in <paramref name="exponent"/>, broadcast.</summary>
        public Tensor pow(Tensor exponent) => Result(Native.dv_pow_tensor(Handle, exponent.Handle), this, exponent);

        /// <summary>This tensor to a power.</summary>
        public Tensor pow(Scalar exponent) => Result(Native.dv_pow_scalar(Handle, exponent.Value), this);

        /// <summary>This tensor plus <paramref name="value"/> times the product of two tensors.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Result(Native.dv_addcmul(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);

        /// <summary>This tensor plus <paramref name="value"/> times the quotient of two tensors.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Result(Native.dv_addcdiv(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);

        /// <summary>This tensor plus <paramref name="weight"/> times the difference between <paramref name="end"/> and this one.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Result(Native.dv_lerp(Handle, end.Handle, weight.Handle), this, end, weight);

        /// <summary>This tensor divided by <paramref name="target"/>, broadcast, in place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(Native.dv_div_tensor_(Handle, target.Handle, (int)rounding_mode), target);

        /// <summary>This tensor divided by a number, in place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(Native.dv_div_scalar_(Handle, target.Value, (int)rounding_mode));

        /// <summary>The remainder of a division, with the sign of the divisor, in place.</summary>
        public Tensor remainder_(Tensor target) => InPlace(Native.dv_remainder_tensor_(Handle, target.Handle), target);

        /// <summary>The remainder of a division by a number, with the sign of the divisor, in place.</summary>
        public Tensor remainder_(Scalar scalar) => InPlace(Native.dv_remainder_scalar_(Handle, scalar.Value));

        /// <summary>This tensor to the powers in <paramref name="exponent"/>, broadcast, in place.</summary>
        public Tensor pow_(Tensor exponent) => InPlace(Native.dv_pow_tensor_(Handle, exponent.Handle), exponent);

        /// <summary>This tensor to a power, in place.</summary>
        public Tensor pow_(Scalar exponent) => InPlace(Native.dv_pow_scalar_(Handle, exponent.Value));

        /// <summary>This tensor plus <paramref name="value"/> times the product of two tensors, in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace(Native.dv_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value), tensor1, tensor2);

        /// <summary>This tensor plus <paramref name="value"/> times the quotient of two tensors, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace(Native.dv_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value.Value), tensor1, tensor2);

        /// <summary>This tensor plus <paramref name="weight"/> times the difference between <paramref name="end"/> and this one, in place.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(Native.dv_lerp_(Handle, end.Handle, weight.Handle), end, weight);

        /// <summary>The quotient rounded towards minus infinity.</summary>
        public Tensor floor_divide(Tensor other) => Result(Native.dv_floor_divide_tensor(Handle, other.Handle), this, other);

        /// <summary>The quotient by a number, rounded towards minus infinity.</summary>
        public Tensor floor_divide(Scalar other) => Result(Native.dv_floor_divide_scalar(Handle, other.Value), this);

        /// <summary>The matrix product, with the batch dimensions broadcast.</summary>
        public Tensor matmul(Tensor target) => Result(Native.dv_matmul(Handle, target.Handle), this, target);

        /// <summary>The product of two matrices, (n, m) times (m, p).</summary>
        public Tensor mm(Tensor target) => Result(Native.dv_mm(Handle, target.Handle), this, target);

        /// <summary>The products of two batches of matrices, (b, n, m) times (b, m, p).</summary>
        public Tensor bmm(Tensor batch2) => Result(Native.dv_bmm(Handle, batch2.Handle), this, batch2);

        /// <summary>The inner product of two vectors.</summary>
        public Tensor dot(Tensor target) => Result(Native.dv_dot(Handle, target.Handle), this, target);
    }
}
