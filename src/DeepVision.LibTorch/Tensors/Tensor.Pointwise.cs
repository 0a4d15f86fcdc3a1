using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Functions of each element.
    public unsafe partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => Result(Native.dv_abs(Handle), this);

        /// <summary>The absolute value of each element, in place.</summary>
        public Tensor abs_() => InPlace(Native.dv_abs_(Handle));

        /// <summary>Each element with its sign turned.</summary>
        public Tensor neg() => Result(Native.dv_neg(Handle), this);

        /// <summary>Each element with its sign turned, in place.</summary>
        public Tensor neg_() => InPlace(Native.dv_neg_(Handle));

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Result(Native.dv_exp(Handle), this);

        /// <summary>e to the power of each element, in place.</summary>
        public Tensor exp_() => InPlace(Native.dv_exp_(Handle));

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => Result(Native.dv_log(Handle), this);

        /// <summary>The natural logarithm of each element, in place.</summary>
        public Tensor log_() => InPlace(Native.dv_log_(Handle));

        /// <summary>The natural logarithm of one plus each element.</summary>
        public Tensor log1p() => Result(Native.dv_log1p(Handle), this);

        /// <summary>The natural logarithm of one plus each element, in place.</summary>
        public Tensor log1p_() => InPlace(Native.dv_log1p_(Handle));

        /// <summary>The logarithm to base 2 of each element.</summary>
        public Tensor log2() => Result(Native.dv_log2(Handle), this);

        /// <summary>The logarithm to base 2 of each element, in place.</summary>
        public Tensor log2_() => InPlace(Native.dv_log2_(Handle));

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => Result(Native.dv_sqrt(Handle), this);

        /// <summary>The square root of each element, in place.</summary>
        public Tensor sqrt_() => InPlace(Native.dv_sqrt_(Handle));

        /// <summary>One divided by the square root of each element.</summary>
        public Tensor rsqrt() => Result(Native.dv_rsqrt(Handle), this);

        /// <summary>One divided by the square root of each element, in place.</summary>
        public Tensor rsqrt_() => InPlace(Native.dv_rsqrt_(Handle));

        /// <summary>One divided by each element.</summary>
        public Tensor reciprocal() => Result(Native.dv_reciprocal(Handle), this);

        /// <summary>One divided by each element, in place.</summary>
        public Tensor reciprocal_() => InPlace(Native.dv_reciprocal_(Handle));

        /// <summary>The logistic function of each element.</summary>
        public Tensor sigmoid() => Result(Native.dv_sigmoid(Handle), this);

        /// <summary>The logistic function of each element, in place.</summary>
        public Tensor sigmoid_() => InPlace(Native.dv_sigmoid_(Handle));

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => Result(Native.dv_tanh(Handle), this);

        /// <summary>The hyperbolic tangent of each element, in place.</summary>
        public Tensor tanh_() => InPlace(Native.dv_tanh_(Handle));

        /// <summary>Each element rounded down.</summary>
        public Tensor floor() => Result(Native.dv_floor(Handle), this);

        /// <summary>Each element rounded down, in place.</summary>
        public Tensor floor_() => InPlace(Native.dv_floor_(Handle));

        /// <summary>Each element rounded up.</summary>
        public Tensor ceil() => Result(Native.dv_ceil(Handle), this);

        /// <summary>Each element rounded up, in place.</summary>
        public Tensor ceil_() => InPlace(Native.dv_ceil_(Handle));

        /// <summary>Each element rounded towards zero.</summary>
        public Tensor trunc() => Result(Native.dv_trunc(Handle), this);

        /// <summary>Each element rounded towards zero, in place.</summary>
        public Tensor trunc_() => InPlace(Native.dv_trunc_(Handle));

        /// <summary>The sine of each element, in radians.</summary>
        public Tensor sin() => Result(Native.dv_sin(Handle), this);

        /// <summary>The sine of each element, in radians, in place.</summary>
        public Tensor sin_() => InPlace(Native.dv_sin_(Handle));

        /// <summary>The cosine of each element, in radians.</summary>
        public Tensor cos() => Result(Native.dv_cos(Handle), this);

        /// <summary>The cosine of each element, in radians, in place.</summary>
        public Tensor cos_() => InPlace(Native.dv_cos_(Handle));

        /// <summary>Each element, or zero where it is negative.</summary>
        public Tensor relu() => Result(Native.dv_relu(Handle), this);

        /// <summary>Each element, or zero where it is negative, in place.</summary>
        public Tensor relu_() => InPlace(Native.dv_relu_(Handle));

        /// <summary>The sign of each element: -1, 0 or 1.</summary>
        public Tensor sign() => Result(Native.dv_sign(Handle), this);

        /// <summary>The sign of each element: -1, 0 or 1, in place.</summary>
        public Tensor sign_() => InPlace(Native.dv_sign_(Handle));

        /// <summary>Each element times itself.</summary>
        public Tensor square() => Result(Native.dv_square(Handle), this);

        /// <summary>The arc tangent of each element, in radians.</summary>
        public Tensor atan() => Result(Native.dv_atan(Handle), this);

        /// <summary>e to the power of each element, minus one.</summary>
        public Tensor expm1() => Result(Native.dv_expm1(Handle), this);

        /// <summary>The error function of each element.</summary>
        public Tensor erf() => Result(Native.dv_erf(Handle), this);

        /// <summary>Each element with its sign turned.</summary>
        public Tensor negative() => neg();

        /// <summary>Each element rounded to a number of decimals, halves to the even neighbour.</summary>
        public Tensor round(long decimals = 0) => Result(Native.dv_round(Handle, decimals), this);

        /// <summary>Each element brought into a range, either side of which may be open.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            Result(Native.dv_clamp_scalar(Handle, ScalarValue.Of(min), ScalarValue.Of(max)), this);

        /// <summary>Each element brought into its own range, either side of which may be open.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) =>
            Result(Native.dv_clamp_tensor(Handle, HandleOf(min), HandleOf(max)), this, min, max);

        /// <summary>Each element, or <paramref name="min"/> where that is larger.</summary>
        public Tensor clamp_min(Scalar min) => Result(Native.dv_clamp_min(Handle, min.Value), this);

        /// <summary>Each element, or <paramref name="max"/> where that is smaller.</summary>
        public Tensor clamp_max(Scalar max) => Result(Native.dv_clamp_max(Handle, max.Value), this);

        /// <summary>This tensor with <paramref name="value"/> where <paramref name="mask"/> is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Result(Native.dv_masked_fill(Handle, mask.Handle, value.Value), this, mask);

        /// <summary>Each element brought into a range, either side of which may be open, in place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            InPlace(Native.dv_clamp_scalar_(Handle, ScalarValue.Of(min), ScalarValue.Of(max)));

        /// <summary>Each element brought into its own range, either side of which may be open, in place.</summary>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) =>
            InPlace(Native.dv_clamp_tensor_(Handle, HandleOf(min), HandleOf(max)), min, max);

        /// <summary>Each element, or <paramref name="min"/> where that is larger, in place.</summary>
        public Tensor clamp_min_(Scalar min) => InPlace(Native.dv_clamp_min_(Handle, min.Value));

        /// <summary>Each element, or <paramref name="max"/> where that is smaller, in place.</summary>
        public Tensor clamp_max_(Scalar max) => InPlace(Native.dv_clamp_max_(Handle, max.Value));

        /// <summary>This tensor with <paramref name="value"/> where <paramref name="mask"/> is true, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            InPlace(Native.dv_masked_fill_(Handle, mask.Handle, value.Value), mask);

        /// <summary>The larger of each pair of elements, broadcast; NaN where one is NaN.</summary>
        public Tensor maximum(Tensor other) => Result(Native.dv_maximum(Handle, other.Handle), this, other);

        /// <summary>The smaller of each pair of elements, broadcast; NaN where one is NaN.</summary>
        public Tensor minimum(Tensor other) => Result(Native.dv_minimum(Handle, other.Handle), this, other);

        /// <summary>Exponentials along a dimension, scaled to the sum one; computed in <paramref name="dtype"/> if given.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Result(Native.dv_softmax(Handle, dim, Code(dtype)), this);

        /// <summary>The logarithm of the softmax along a dimension; computed in <paramref name="dtype"/> if given.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Result(Native.dv_log_softmax(Handle, dim, Code(dtype)), this);

        /// <summary>Sets every element to a number.</summary>
        public Tensor fill_(Scalar value) => InPlace(Native.dv_fill_(Handle, value.Value));

        /// <summary>Copies the elements of <paramref name="source"/> into this tensor, broadcast, converted and moved as needed.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            InPlace(Native.dv_copy_(Handle, source.Handle, Byte(nonBlocking)), source);
    }
}
