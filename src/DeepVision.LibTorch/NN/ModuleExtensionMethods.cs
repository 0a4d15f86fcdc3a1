using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Moving and converting whole modules. Parameters and buffers that change are new tensors, put in the places of the old ones, which are
/// disposed: an optimiser made before has to be made again.
/// </summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts the floating-point parameters and buffers.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="type">A floating-point dtype.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T to<T>(this T module, ScalarType type, bool non_blocking = false)
        where T : nn.Module => (T)module._to(type, non_blocking);

    /// <summary>Moves to a device and converts the floating-point parameters and buffers.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="device">The device.</param>
    /// <param name="type">A floating-point dtype.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false)
        where T : nn.Module => (T)module._to(device, type, non_blocking);

    /// <summary>Moves to a device.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="deviceType">The kind of device.</param>
    /// <param name="deviceIndex">Its number, or -1 for the current one.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module => (T)module._to(deviceType, deviceIndex, non_blocking);

    /// <summary>Moves to a device.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="device">The device.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T to<T>(this T module, Device device, bool non_blocking = false)
        where T : nn.Module => (T)module._to(device.type, device.index, non_blocking);

    /// <summary>Moves to a device.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="device">The device's name, such as "cpu" or "cuda:0".</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : nn.Module => module.to(new Device(device), non_blocking);

    /// <summary>Moves to a tensor's device and converts to its dtype.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="other">A floating-point tensor.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T to<T>(this T module, Tensor other, bool non_blocking = false)
        where T : nn.Module => (T)module._to(other.device, other.dtype, non_blocking);

    /// <summary>Moves to the CPU.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : nn.Module => (T)module._to(DeviceType.CPU, -1, non_blocking);

    /// <summary>Moves to a CUDA device.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="deviceIndex">Its number, or -1 for the current one.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module => (T)module._to(DeviceType.CUDA, deviceIndex, non_blocking);

    /// <summary>Converts to float16.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T half<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(ScalarType.Float16, non_blocking);

    /// <summary>Converts to bfloat16.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T bfloat16<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(ScalarType.BFloat16, non_blocking);

    /// <summary>Converts to float32.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T @float<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(ScalarType.Float32, non_blocking);

    /// <summary>Converts to float64.</summary>
    /// <param name="module">The module, which is changed and returned.</param>
    /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
    public static T @double<T>(this T module, bool non_blocking = false)
        where T : nn.Module => module.to(ScalarType.Float64, non_blocking);
}
