using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Operators; numbers go to libtorch without a Scalar between.
    public partial class Tensor
    {
        /// <summary>The sum, broadcast.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>The sum of each element and a number.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.Plus(right.Value);

        /// <summary>The sum of each element and a number.</summary>
        public static Tensor operator +(Tensor left, int right) => left.Plus(ScalarValue.Of((long)right));

        /// <summary>The sum of each element and a number.</summary>
        public static Tensor operator +(Tensor left, long right) => left.Plus(ScalarValue.Of(right));

        /// <summary>The sum of each element and a number.</summary>
        public static Tensor operator +(Tensor left, float right) => left.Plus(ScalarValue.Of((double)right));

        /// <summary>The sum of each element and a number.</summary>
        public static Tensor operator +(Tensor left, double right) => left.Plus(ScalarValue.Of(right));

        /// <summary>The sum of a number and each element.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.Plus(left.Value);

        /// <summary>The sum of a number and each element.</summary>
        public static Tensor operator +(int left, Tensor right) => right.Plus(ScalarValue.Of((long)left));

        /// <summary>The sum of a number and each element.</summary>
        public static Tensor operator +(long left, Tensor right) => right.Plus(ScalarValue.Of(left));

        /// <summary>The sum of a number and each element.</summary>
        public static Tensor operator +(float left, Tensor right) => right.Plus(ScalarValue.Of((double)left));

        /// <summary>The sum of a number and each element.</summary>
        public static Tensor operator +(double left, Tensor right) => right.Plus(ScalarValue.Of(left));

        /// <summary>The difference, broadcast.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>The difference of each element and a number.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.Minus(right.Value);

        /// <summary>The difference of each element and a number.</summary>
        public static Tensor operator -(Tensor left, int right) => left.Minus(ScalarValue.Of((long)right));

        /// <summary>The difference of each element and a number.</summary>
        public static Tensor operator -(Tensor left, long right) => left.Minus(ScalarValue.Of(right));

        /// <summary>The difference of each element and a number.</summary>
        public static Tensor operator -(Tensor left, float right) => left.Minus(ScalarValue.Of((double)right));

        /// <summary>The difference of each element and a number.</summary>
        public static Tensor operator -(Tensor left, double right) => left.Minus(ScalarValue.Of(right));

        /// <summary>The difference of a number and each element.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => right.From(left.Value);

        /// <summary>The difference of a number and each element.</summary>
        public static Tensor operator -(int left, Tensor right) => right.From(ScalarValue.Of((long)left));

        /// <summary>The difference of a number and each element.</summary>
        public static Tensor operator -(long left, Tensor right) => right.From(ScalarValue.Of(left));

        /// <summary>The difference of a number and each element.</summary>
        public static Tensor operator -(float left, Tensor right) => right.From(ScalarValue.Of((double)left));

        /// <summary>The difference of a number and each element.</summary>
        public static Tensor operator -(double left, Tensor right) => right.From(ScalarValue.Of(left));

        /// <summary>The product, broadcast.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>The product of each element and a number.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.Times(right.Value);

        /// <summary>The product of each element and a number.</summary>
        public static Tensor operator *(Tensor left, int right) => left.Times(ScalarValue.Of((long)right));

        /// <summary>The product of each element and a number.</summary>
        public static Tensor operator *(Tensor left, long right) => left.Times(ScalarValue.Of(right));

        /// <summary>The product of each element and a number.</summary>
        public static Tensor operator *(Tensor left, float right) => left.Times(ScalarValue.Of((double)right));

        /// <summary>The product of each element and a number.</summary>
        public static Tensor operator *(Tensor left, double right) => left.Times(ScalarValue.Of(right));

        /// <summary>The product of a number and each element.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.Times(left.Value);

        /// <summary>The product of a number and each element.</summary>
        public static Tensor operator *(int left, Tensor right) => right.Times(ScalarValue.Of((long)left));

        /// <summary>The product of a number and each element.</summary>
        public static Tensor operator *(long left, Tensor right) => right.Times(ScalarValue.Of(left));

        /// <summary>The product of a number and each element.</summary>
        public static Tensor operator *(float left, Tensor right) => right.Times(ScalarValue.Of((double)left));

        /// <summary>The product of a number and each element.</summary>
        public static Tensor operator *(double left, Tensor right) => right.Times(ScalarValue.Of(left));

        /// <summary>The quotient, broadcast.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>The quotient of each element and a number.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.Over(right.Value);

        /// <summary>The quotient of each element and a number.</summary>
        public static Tensor operator /(Tensor left, int right) => left.Over(ScalarValue.Of((long)right));

        /// <summary>The quotient of each element and a number.</summary>
        public static Tensor operator /(Tensor left, long right) => left.Over(ScalarValue.Of(right));

        /// <summary>The quotient of each element and a number.</summary>
        public static Tensor operator /(Tensor left, float right) => left.Over(ScalarValue.Of((double)right));

        /// <summary>The quotient of each element and a number.</summary>
        public static Tensor operator /(Tensor left, double right) => left.Over(ScalarValue.Of(right));

        /// <summary>The quotient of a number and each element.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.Under(left.Value);

        /// <summary>The quotient of a number and each element.</summary>
        public static Tensor operator /(int left, Tensor right) => right.Under(ScalarValue.Of((long)left));

        /// <summary>The quotient of a number and each element.</summary>
        public static Tensor operator /(long left, Tensor right) => right.Under(ScalarValue.Of(left));

        /// <summary>The quotient of a number and each element.</summary>
        public static Tensor operator /(float left, Tensor right) => right.Under(ScalarValue.Of((double)left));

        /// <summary>The quotient of a number and each element.</summary>
        public static Tensor operator /(double left, Tensor right) => right.Under(ScalarValue.Of(left));

        /// <summary>Each element with its sign turned.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>The bitwise complement of integers, or the negation of booleans.</summary>
        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        /// <summary>The bitwise and of integers or booleans.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        /// <summary>The bitwise or of integers or booleans.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        /// <summary>The bitwise exclusive or of integers or booleans.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        private Tensor Plus(ScalarValue number) => Result(Native.dv_add_scalar(Handle, number, ScalarValue.One), this);

        private Tensor Minus(ScalarValue number) => Result(Native.dv_sub_scalar(Handle, number), this);

        private Tensor Times(ScalarValue number) => Result(Native.dv_mul_scalar(Handle, number), this);

        private Tensor Over(ScalarValue number) => Result(Native.dv_div_scalar(Handle, number, (int)RoundingMode.None), this);

        // The number over each element, as TorchSharp does it: by way of the reciprocal.
        private Tensor Under(ScalarValue number)
        {
            using Tensor reciprocal = this.reciprocal();
            return reciprocal.Times(number);
        }

        private Tensor From(ScalarValue number)
        {
            using Tensor negative = neg();
            return negative.Plus(number);
        }
    }
}
