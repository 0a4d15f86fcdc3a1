using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A generator of random numbers.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A generator of its own.</summary>
        /// <param name="seed">Its seed.</param>
        /// <param name="device">Where it makes numbers; the CPU if left out.</param>
        public Generator(ulong seed = 0, Device? device = null)
            : this(Native.dv_generator_new(seed, (int)(device?.type ?? DeviceType.CPU), device?.index ?? -1)) =>
            this.device = device ?? CPU;

        private Generator(nint handle)
        {
            _handle = handle != 0 ? handle : throw Native.Failure();
            device = CPU;
        }

        /// <summary>Gives the native generator back if nobody did.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The generator that operations on the CPU use where none is stated, on a handle of its own.</summary>
        public static Generator Default => new(Native.dv_generator_default());

        /// <summary>The address of the native generator; zero after <see cref="Dispose()"/>.</summary>
        public IntPtr Handle => _handle;

        /// <summary>Where the generator makes numbers.</summary>
        public Device device { get; private set; }

        /// <summary>The whole state as a tensor of bytes, to go on from exactly here later.</summary>
        public Tensor get_state() => Tensor.Result(Native.dv_generator_state(Living()), this);

        /// <summary>Goes on from a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value) => Native.Check(Native.dv_generator_set_state(Living(), value.Handle), this, value);

        /// <summary>Starts again from a seed.</summary>
        /// <returns>This generator.</returns>
        public Generator manual_seed(long seed)
        {
            Native.Check(Native.dv_generator_seed(Living(), seed), this);
            return this;
        }

        /// <summary>Starts again from the clock, and returns the seed.</summary>
        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        /// <summary>The seed the generator started from.</summary>
        public long initial_seed()
        {
            Native.Check(Native.dv_generator_initial_seed(Living(), out long seed), this);
            return seed;
        }

        /// <summary>Gives the native generator back.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the native generator back.</summary>
        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.dv_generator_delete(handle);
            }
        }

        private nint Living() => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));
    }
}
