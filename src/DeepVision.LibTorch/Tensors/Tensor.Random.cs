using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Elements drawn at random.
    public unsafe partial class Tensor
    {
        /// <summary>Draws every element evenly from <paramref name="from"/> to before <paramref name="to"/>.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            InPlace(Native.dv_uniform_(Handle, from, to, HandleOf(generator)), generator);

        /// <summary>Draws every element from a normal distribution.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            InPlace(Native.dv_normal_(Handle, mean, std, HandleOf(generator)), generator);

        /// <summary>Sets every element to one with the probability <paramref name="p"/>, else to zero.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            InPlace(Native.dv_bernoulli_(Handle, p, HandleOf(generator)), generator);

        /// <summary>Zeros and ones, each one with the probability that stands in its element.</summary>
        public Tensor bernoulli(Generator? generator = null) => Result(Native.dv_bernoulli(Handle, HandleOf(generator)), this, generator);

        /// <summary>Indices (int64) drawn by the weights in each row.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Result(Native.dv_multinomial(Handle, num_samples, Byte(replacement), HandleOf(generator)), this, generator);
    }
}
