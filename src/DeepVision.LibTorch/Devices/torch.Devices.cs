namespace TorchSharp;

public static partial class torch
{
    /// <summary>The CPU.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    private static Device s_defaultDevice = CPU;

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>A device by its description, such as <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device by the name of its kind, and its index; -1 for the current one.</summary>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device by its kind, and its index; -1 for the current one.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A CUDA device.</summary>
    public static Device device(int index) => new(index);

    /// <summary>Where new tensors are put when no device is stated; the CPU at first.</summary>
    public static Device get_default_device() => s_defaultDevice;

    /// <summary>Sets where new tensors are put when no device is stated.</summary>
    public static void set_default_device(Device device) => s_defaultDevice = device;
}
