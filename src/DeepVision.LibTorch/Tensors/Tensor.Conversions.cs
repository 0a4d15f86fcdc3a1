using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Other types, other devices. Without a change and without 'copy' the result is another handle on the same tensor.
    public partial class Tensor
    {
        /// <summary>The elements in another type.</summary>
        /// <param name="type">The type.</param>
        /// <param name="copy">Copies even where nothing changes.</param>
        /// <param name="disposeAfter">Disposes this tensor afterwards.</param>
        /// <param name="non_blocking">Lets a copy between the host and a GPU go on in the background where it can.</param>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Native.dv_to_type(Handle, (int)type, Byte(copy), Byte(non_blocking)), disposeAfter);

        /// <summary>The elements in another type.</summary>
        /// <param name="type">The type.</param>
        /// <param name="copy">Copies even where nothing changes.</param>
        /// <param name="disposeAfter">Disposes this tensor afterwards.</param>
        /// <param name="non_blocking">Lets a copy between the host and a GPU go on in the background where it can.</param>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>The elements on another device.</summary>
        /// <param name="deviceType">The kind of device.</param>
        /// <param name="deviceIndex">Which one; -1 for the current one.</param>
        /// <param name="copy">Copies even where nothing changes.</param>
        /// <param name="disposeAfter">Disposes this tensor afterwards.</param>
        /// <param name="non_blocking">Lets a copy between the host and a GPU go on in the background where it can.</param>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Native.dv_to_device(Handle, Usable(deviceType), deviceIndex, Byte(copy), Byte(non_blocking)), disposeAfter);

        /// <summary>The elements on another device.</summary>
        /// <param name="device">The device.</param>
        /// <param name="copy">Copies even where nothing changes.</param>
        /// <param name="disposeAfter">Disposes this tensor afterwards.</param>
        /// <param name="non_blocking">Lets a copy between the host and a GPU go on in the background where it can.</param>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(device.type, device.index, copy, disposeAfter, non_blocking);

        /// <summary>The elements in another type on another device.</summary>
        /// <param name="type">The type.</param>
        /// <param name="device">The device.</param>
        /// <param name="copy">Copies even where nothing changes.</param>
        /// <param name="disposeAfter">Disposes this tensor afterwards.</param>
        /// <param name="non_blocking">Lets a copy between the host and a GPU go on in the background where it can.</param>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Native.dv_to_type_and_device(Handle, (int)type, Usable(device.type), device.index, Byte(copy), Byte(non_blocking)), disposeAfter);

        /// <summary>The elements in the type and on the device of another tensor.</summary>
        /// <param name="other">The other tensor.</param>
        /// <param name="non_blocking">Lets a copy between the host and a GPU go on in the background where it can.</param>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <summary>The elements in the type of another tensor.</summary>
        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        /// <summary>The elements on the CPU.</summary>
        public Tensor cpu() => Result(Native.dv_cpu(Handle), this);

        /// <summary>The elements on a CUDA device; the current one if none is stated.</summary>
        /// <exception cref="ArgumentException">The device is no CUDA device.</exception>
        /// <exception cref="InvalidOperationException">There is no CUDA device that libtorch can use.</exception>
        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA)
            {
                throw new ArgumentException($"'{device}' is no CUDA device.", nameof(device));
            }

            return to(device ?? CUDA, non_blocking: non_blocking);
        }

        /// <summary>A copy in page-locked memory, from which copies to a GPU are faster.</summary>
        public Tensor pin_memory() => Result(Native.dv_pin_memory(Handle), this);

        /// <summary>The elements in half precision.</summary>
        public Tensor half() => to_type(ScalarType.Float16);

        /// <summary>The elements in bfloat16.</summary>
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        /// <summary>The elements in single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>The elements in double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>The elements as integers of 32 bits, rounded towards zero.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>The elements as integers of 64 bits, rounded towards zero.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>The elements as booleans: whether they are not zero.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        private Tensor Converted(nint handle, bool disposeAfter)
        {
            Tensor result = Result(handle, this);
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }
    }
}
