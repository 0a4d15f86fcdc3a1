namespace TorchSharp;

public static partial class torch
{
    // Comparisons as operators. They give tensors of booleans; whether two tensors are one object says ReferenceEquals.
    public partial class Tensor
    {
        /// <summary>Booleans: which elements of the left side equal those of the right side.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>Booleans: which elements equal the number.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <summary>Booleans: the comparison of a number with each element.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <summary>Booleans: which elements of the left side differ from those of the right side.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>Booleans: which elements differ from the number.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <summary>Booleans: the comparison of a number with each element.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>Booleans: which elements of the left side are less than those of the right side.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>Booleans: which elements are less than the number.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>Booleans: the comparison of a number with each element.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        /// <summary>Booleans: which elements of the left side are at most those of the right side.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>Booleans: which elements are at most the number.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>Booleans: the comparison of a number with each element.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        /// <summary>Booleans: which elements of the left side are greater than those of the right side.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>Booleans: which elements are greater than the number.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>Booleans: the comparison of a number with each element.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        /// <summary>Booleans: which elements of the left side are at least those of the right side.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>Booleans: which elements are at least the number.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>Booleans: the comparison of a number with each element.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);
    }
}
