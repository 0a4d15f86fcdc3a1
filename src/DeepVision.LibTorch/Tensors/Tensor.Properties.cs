using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Sizes, type and device.
    public unsafe partial class Tensor
    {
        /// <summary>The number of dimensions.</summary>
        public long Dimensions => Known(Native.dv_dim(Handle));

        /// <summary>The number of dimensions.</summary>
        public long ndim => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => Known(Native.dv_numel(Handle));

        /// <summary>The size of an element, in bytes.</summary>
        public long ElementSize => Known(Native.dv_element_size(Handle));

        /// <summary>The sizes of all dimensions, in a new array.</summary>
        public long[] shape
        {
            get
            {
                long[] sizes = new long[Dimensions];
                Done(Native.dv_sizes(Handle, sizes), this);
                return sizes;
            }
        }

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype => (ScalarType)Known(Native.dv_dtype(Handle));

        /// <summary>Where the elements are.</summary>
        public Device device => new(device_type, device_index);

        /// <summary>The kind of device the elements are on.</summary>
        public DeviceType device_type => (DeviceType)Known(Native.dv_device_type(Handle));

        /// <summary>The number of the device among those of its kind; -1 on the CPU.</summary>
        public int device_index => (int)Known(Native.dv_device_index(Handle));

        /// <summary>Whether the elements are on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether only the elements that are not zero are stored.</summary>
        public bool is_sparse => Known(Native.dv_is_sparse(Handle)) != 0;

        /// <summary>The number of dimensions.</summary>
        public long dim() => Dimensions;

        /// <summary>The number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>The size of an element, in bytes.</summary>
        public long element_size() => ElementSize;

        /// <summary>The sizes of all dimensions, in a new array.</summary>
        public long[] size() => shape;

        /// <summary>The size of a dimension; a negative one counts from the last.</summary>
        public long size(int dim)
        {
            Done(Native.dv_size(Handle, dim, out long result), this);
            return result;
        }

        /// <summary>How many elements apart neighbours are along each dimension, in a new array.</summary>
        public long[] stride()
        {
            long[] strides = new long[Dimensions];
            Done(Native.dv_strides(Handle, strides), this);
            return strides;
        }

        /// <summary>How many elements apart neighbours are along a dimension.</summary>
        public long stride(int dim)
        {
            Done(Native.dv_stride(Handle, dim, out long result), this);
            return result;
        }

        /// <summary>Where the first element is in the storage, in elements.</summary>
        public long storage_offset() => Known(Native.dv_storage_offset(Handle));

        /// <summary>Whether the elements lie in row-major order without gaps.</summary>
        public bool is_contiguous() => Known(Native.dv_is_contiguous(Handle)) != 0;

        /// <summary>Whether the elements are on the CPU.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the type is a floating-point type.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the type is an integer type; booleans count.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        private long Known(long answer) => Native.Answer(answer, this);
    }
}
