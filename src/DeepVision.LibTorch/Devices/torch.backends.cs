using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Switches of libtorch's back ends.</summary>
    public static partial class backends
    {
        /// <summary>Switches of CUDA.</summary>
        public static partial class cuda
        {
            /// <summary>Switches of matrix products on CUDA devices.</summary>
            public static partial class matmul
            {
                /// <summary>Whether products in single precision may be computed with the shorter fractions of TF32.</summary>
                public static bool allow_tf32
                {
                    get => Native.Answer(Native.dv_get_allow_tf32_cublas()) != 0;
                    set => Native.Check(Native.dv_set_allow_tf32_cublas(Tensor.Byte(value)));
                }
            }
        }

        /// <summary>Switches of cuDNN.</summary>
        public static partial class cudnn
        {
            /// <summary>Whether convolutions in single precision may be computed with the shorter fractions of TF32.</summary>
            public static bool allow_tf32
            {
                get => Native.Answer(Native.dv_get_allow_tf32_cudnn()) != 0;
                set => Native.Check(Native.dv_set_allow_tf32_cudnn(Tensor.Byte(value)));
            }
        }
    }
}
