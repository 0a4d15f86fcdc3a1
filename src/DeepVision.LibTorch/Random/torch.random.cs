using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the generators of the CPU and of every CUDA device, and returns that of the CPU.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>Seeds the generator of the CPU from the clock, and returns the seed.</summary>
    public static long seed() => random.seed();

    /// <summary>The seed that the generator of the CPU started from.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>The state of the CPU's generator as a tensor of bytes.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Lets the CPU's generator go on from a state that <see cref="get_rng_state"/> gave.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The generators that operations use where none is stated.</summary>
    public static partial class random
    {
        /// <summary>Seeds the generators of the CPU and of every CUDA device, and returns that of the CPU.</summary>
        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.dv_manual_seed(seed));
            return Generator.Default;
        }

        /// <summary>Seeds the generator of the CPU from the clock, and returns the seed.</summary>
        public static long seed()
        {
            using Generator generator = Generator.Default;
            return generator.seed();
        }

        /// <summary>The seed that the generator of the CPU started from.</summary>
        public static long initial_seed()
        {
            using Generator generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <summary>The state of the CPU's generator as a tensor of bytes.</summary>
        public static Tensor get_rng_state()
        {
            using Generator generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Lets the CPU's generator go on from a state that <see cref="get_rng_state"/> gave.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using Generator generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
