using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Shapes whose arguments may be left out.
    public partial class Tensor
    {
        /// <summary>A view without a dimension of size one, or without all of them.</summary>
        public Tensor squeeze(long? dim = null) => Result(Native.dv_squeeze(Handle, Byte(dim is not null), dim ?? 0), this);

        /// <summary>Takes out a dimension of size one, or all of them, in place.</summary>
        public Tensor squeeze_(long? dim = null) => InPlace(Native.dv_squeeze_(Handle, Byte(dim is not null), dim ?? 0));

        /// <summary>A copy with each element repeated; along one dimension, or of the flat tensor.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Result(Native.dv_repeat_interleave(Handle, repeats, Byte(dim is not null), dim ?? 0), this);

        /// <summary>Sets every element to zero.</summary>
        /// <returns>Another handle on this tensor.</returns>
        public Tensor zero_() => Result(Native.dv_zero_(Handle), this);

        /// <summary>Makes this tensor share the memory of another one.</summary>
        /// <returns>This tensor.</returns>
        public Tensor set_(Tensor source) => InPlace(Native.dv_set_(Handle, source.Handle), source);

        /// <summary>Whether all elements differ from those of <paramref name="target"/> by at most <paramref name="atol"/> plus <paramref name="rtol"/> times theirs.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Done(Native.dv_allclose(Handle, target.Handle, rtol, atol, Byte(equal_nan), out int close), this, target);
            return close != 0;
        }

        /// <summary>Booleans: which elements are equal to those of <paramref name="target"/>, broadcast.</summary>
        public Tensor equal(Tensor target) => eq(target);
    }
}
