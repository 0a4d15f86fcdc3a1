using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // New tensors after an example, whose type and device they have unless others are stated.
    public partial class Tensor
    {
        /// <summary>A tensor of the same shape whose elements are whatever the memory held.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like(0, dtype, device, requires_grad);

        /// <summary>A tensor of zeros of the same shape.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like(1, dtype, device, requires_grad);

        /// <summary>A tensor of ones of the same shape.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like(2, dtype, device, requires_grad);

        /// <summary>A tensor of the same shape with numbers drawn evenly from 0 to before 1.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like(3, dtype, device, requires_grad);

        /// <summary>A tensor of the same shape with numbers drawn from the normal distribution of mean 0 and deviation 1.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like(4, dtype, device, requires_grad);

        /// <summary>A tensor of the same shape filled with a number.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Result(Native.dv_full_like(Handle, value.Value, Code(dtype), device is null ? -1 : Usable(device.type), device?.index ?? -1, Byte(requires_grad)), this);

        /// <summary>A tensor of zeros.</summary>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor whose elements are whatever the memory held.</summary>
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor filled with a number.</summary>
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);

        // The kinds are those of dv_like in Native/factories.cpp.
        private Tensor Like(int kind, ScalarType? type, Device? device, bool requires_grad) =>
            Result(Native.dv_like(Handle, kind, Code(type), device is null ? -1 : Usable(device.type), device?.index ?? -1, Byte(requires_grad)), this);
    }
}
