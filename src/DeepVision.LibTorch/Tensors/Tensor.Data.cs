using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    // Elements in and out of .NET.
    public unsafe partial class Tensor
    {
        /// <summary>The memory of a contiguous tensor on the CPU, to read or to overwrite; valid as long as the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not on the CPU.</exception>
        /// <exception cref="ArgumentException">There are more bytes than a span can hold, or not as many are set.</exception>
        public Span<byte> bytes
        {
            get
            {
                long size = NumberOfElements * ElementSize;
                if (size > int.MaxValue)
                {
                    throw new ArgumentException($"The tensor has {size} bytes, and a span holds at most {int.MaxValue}.");
                }

                return new Span<byte>(ContiguousData(), (int)size);
            }

            set
            {
                long size = NumberOfElements * ElementSize;
                if (size != value.Length)
                {
                    throw new ArgumentException($"The tensor has {size} bytes, and {value.Length} were given.");
                }

                value.CopyTo(new Span<byte>(ContiguousData(), value.Length));
                GC.KeepAlive(this);
            }
        }

        /// <summary>The elements as .NET values, without a copy where they are on the CPU.</summary>
        /// <typeparam name="T">The .NET type of the tensor's elements.</typeparam>
        /// <exception cref="ArgumentException">The tensor has elements of another type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireType<T>();
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The one element of the tensor.</summary>
        /// <typeparam name="T">The .NET type of the tensor's elements.</typeparam>
        /// <exception cref="ArgumentException">The tensor has not exactly one element, or elements of another type.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements is var count && count != 1)
            {
                throw new ArgumentException($"item() needs a tensor of one element, and this one has {count}: {this}.");
            }

            RequireType<T>();
            if (device_type == DeviceType.CPU)
            {
                T value = *(T*)Data();
                GC.KeepAlive(this);
                return value;
            }

            using Tensor local = cpu();
            return *(T*)local.Data();
        }

        /// <summary>The one element of the tensor, whatever its type.</summary>
        public Scalar ToScalar()
        {
            Done(Native.dv_item(Handle, out ScalarValue value), this);
            return new Scalar(value);
        }

        /// <summary>Writes the memory of a contiguous tensor on the CPU to a stream, of any size.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not on the CPU.</exception>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            var memory = (byte*)ContiguousData();
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int part = (int)Math.Min(left, bufferSize);
                stream.Write(new ReadOnlySpan<byte>(memory, part));
                memory += part;
                left -= part;
            }

            GC.KeepAlive(this);
        }

        /// <summary>Fills the memory of a contiguous tensor on the CPU from a stream.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not on the CPU.</exception>
        /// <exception cref="EndOfStreamException">The stream ended before.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            var memory = (byte*)ContiguousData();
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int part = (int)Math.Min(left, bufferSize);
                stream.ReadExactly(new Span<byte>(memory, part));
                memory += part;
                left -= part;
            }

            GC.KeepAlive(this);
        }

        internal void* Data()
        {
            void* data;
            Done(Native.dv_data(Handle, &data), this);
            return data;
        }

        internal void RequireType<T>()
        {
            if (dtype is var type && TypeOf(typeof(T)) != type)
            {
                throw new ArgumentException($"The tensor has elements of the type {type}, and '{typeof(T).Name}' was asked for.");
            }
        }

        private void* ContiguousData()
        {
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException($"The memory of a tensor on '{device}' cannot be read directly; call cpu() first.");
            }

            return is_contiguous() ? Data() : throw new InvalidOperationException($"The tensor is not contiguous ({this}); call contiguous() first.");
        }
    }
}
