using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Whether there is a CUDA device that libtorch can use.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    // Said before libtorch is asked, whose own words differ from version to version.
    private static int Usable(DeviceType type)
    {
        if (type == DeviceType.CUDA && !cuda.is_available())
        {
            throw new InvalidOperationException(
                $"No CUDA device can be used: libtorch {__version__} of this machine {(Native.Answer(Native.dv_cuda_compiled()) == 0 ? "was built without CUDA" : "finds none")}. "
                + "Use the CPU, or a libtorch with CUDA (LIBTORCH, then build/libtorch-shim.sh).");
        }

        return (int)type;
    }

    /// <summary>CUDA devices. A libtorch without CUDA has none, which is no error.</summary>
    public static partial class cuda
    {
        /// <summary>Whether there is a CUDA device that libtorch can use.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>Whether there is a CUDA device and libtorch uses cuDNN on it.</summary>
        public static bool is_cudnn_available() => is_available() && Native.Answer(Native.dv_cudnn_is_available()) != 0;

        /// <summary>The number of CUDA devices.</summary>
        public static int device_count() => (int)Native.Answer(Native.dv_cuda_device_count());

        /// <summary>Seeds the generator of the current CUDA device; nothing happens without one.</summary>
        public static void manual_seed(long seed) => Native.Check(Native.dv_cuda_manual_seed(seed, 0));

        /// <summary>Seeds the generators of all CUDA devices; nothing happens without one.</summary>
        public static void manual_seed_all(long seed) => Native.Check(Native.dv_cuda_manual_seed(seed, 1));

        /// <summary>Waits until a CUDA device has done its work; the current one if none is stated.</summary>
        public static void synchronize(Device? device = null) => Native.Check(Native.dv_cuda_synchronize(device?.index ?? -1));
    }
}
