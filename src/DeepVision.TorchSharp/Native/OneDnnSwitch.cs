using System.Runtime.InteropServices;

namespace DeepVision.Torch.Native;

/// <summary>libtorch's own switch for oneDNN, which TorchSharp does not offer: two members of its global context, called by their exported names.</summary>
internal static unsafe class OneDnnSwitch
{
    /// <summary>Whether libtorch computes with oneDNN; true where it has no switch, since it then does as it was built.</summary>
    internal static bool IsOn =>
        !TryFind(OperatingSystem.IsWindows() ? "?userEnabledMkldnn@Context@at@@QEBA_NXZ" : "_ZNK2at7Context17userEnabledMkldnnEv", out nint member, out nint context)
        || ((delegate* unmanaged<nint, byte>)member)(context) != 0;

    /// <summary>Switches it for the whole process.</summary>
    /// <exception cref="NotSupportedException">This libtorch has no such switch.</exception>
    internal static void Set(bool isOn)
    {
        if (!TryFind(OperatingSystem.IsWindows() ? "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z" : "_ZN2at7Context20setUserEnabledMkldnnEb", out nint member, out nint context))
        {
            throw new NotSupportedException(
                $"This libtorch has no switch for oneDNN where version 2.10 has it; oneDNN was to be switched {(isOn ? "on" : "off")}. Take the libtorch that TorchSharp was built for.");
        }

        ((delegate* unmanaged<nint, byte, void>)member)(context, isOn ? (byte)1 : (byte)0);
    }

    private static bool TryFind(string name, out nint member, out nint context)
    {
        context = 0;
        nint library = NativeTorch.CpuLibrary;
        if (NativeLibrary.TryGetExport(library, name, out member)
            && NativeLibrary.TryGetExport(library, OperatingSystem.IsWindows() ? "?globalContext@at@@YAAEAVContext@1@XZ" : "_ZN2at13globalContextEv", out nint global))
        {
            context = ((delegate* unmanaged<nint>)global)();
            return true;
        }

        return false;
    }
}
