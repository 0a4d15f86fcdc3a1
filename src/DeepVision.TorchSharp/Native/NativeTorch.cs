using System.Runtime.InteropServices;
using TorchSharp;

namespace DeepVision.Torch.Native;

/// <summary>Loads TorchSharp's native libraries, and says what to do where they do not load.</summary>
internal static class NativeTorch
{
    /// <summary>
    /// Loads them, as TorchSharp would. It is done here first, because TorchSharp writes its search to the output stream and copies
    /// libraries of other packages beside the program.
    /// </summary>
    /// <exception cref="DllNotFoundException">They are missing or do not load.</exception>
    internal static void Load()
    {
        try
        {
            if (!IsInteractive)
            {
                // CUDA's libtorch registers itself when it is loaded; where it is not there, the CPU's is enough.
                NativeLibrary.TryLoad("torch_cuda", typeof(torch).Assembly, null, out _);
                NativeLibrary.Load("torch_cpu", typeof(torch).Assembly, null);
                NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
            }

            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or NotSupportedException or TypeInitializationException)
        {
            throw new DllNotFoundException(Explain((exception.InnerException ?? exception).Message), exception);
        }
    }

    /// <summary>libtorch's CPU part, which <see cref="Load"/> has loaded.</summary>
    internal static nint CpuLibrary => NativeLibrary.Load("torch_cpu", typeof(torch).Assembly, null);

    // A notebook runs the assembly in the package's folder, and TorchSharp brings the libraries of the packages together.
    private static bool IsInteractive =>
        Path.GetDirectoryName(typeof(torch).Assembly.Location) is { Length: > 0 } folder
        && folder.Contains("torchsharp", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(folder)) == "lib";

    /// <summary>What to do about the loader's message. Nothing of TorchSharp is called here: its class would begin its own search.</summary>
    internal static string Explain(string message)
    {
        string remedy = message.Contains("GLIBCXX_", StringComparison.Ordinal)
            ? "The C++ runtime of this system is older than the one that TorchSharp's native library asks for, for the sake of one symbol that nothing calls. "
                + "Add <DeepVisionRelaxLibstdcxx>true</DeepVisionRelaxLibstdcxx> to the program's project ('always' where it is built on a newer system), "
                + "or run on Debian 13, Ubuntu 24.04 or newer."
            : $"The application chooses libtorch's build: add the package {Package} (or TorchSharp-cpu for every system, TorchSharp-cuda-linux or "
                + $"TorchSharp-cuda-windows for NVIDIA GPUs) in the version that belongs to TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}.";
        return $"TorchSharp's native libraries do not load. {remedy} The loader says: {message.Trim()}";
    }

    private static string Package =>
        OperatingSystem.IsWindows() ? RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "libtorch-cpu-win-arm64" : "libtorch-cpu-win-x64"
        : OperatingSystem.IsMacOS() ? "libtorch-cpu-osx-arm64"
        : "libtorch-cpu-linux-x64";
}
