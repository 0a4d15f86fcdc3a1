using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>Where a model runs: the CPU, one of the machine's CUDA devices, or whichever there is.</summary>
public sealed record TorchDevice
{
    private readonly bool _isAutomatic;

    private TorchDevice(DeviceType type, int index, bool isAutomatic)
    {
        Type = type;
        Index = index;
        _isAutomatic = isAutomatic;
    }

    /// <summary>The CPU.</summary>
    public static TorchDevice Cpu { get; } = new(DeviceType.CPU, -1, isAutomatic: false);

    /// <summary>The first CUDA device where there is one, else the CPU; the choice is said aloud.</summary>
    public static TorchDevice Auto { get; } = new(DeviceType.CPU, -1, isAutomatic: true);

    /// <summary>The kind of device; for <see cref="Auto"/> what it falls back on.</summary>
    public DeviceType Type { get; }

    /// <summary>The number of a CUDA device; -1 for the CPU.</summary>
    public int Index { get; }

    /// <summary>One of the CUDA devices. That it is there is checked when it is used.</summary>
    /// <param name="index">Its number, from 0.</param>
    public static TorchDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(DeviceType.CUDA, index, isAutomatic: false);
    }

    /// <summary>TorchSharp's device, after a look whether it is there.</summary>
    /// <param name="say">Hears what <see cref="Auto"/> chose and why; null for a line on the error stream.</param>
    /// <exception cref="InvalidOperationException">The CUDA device is not there.</exception>
    /// <exception cref="DllNotFoundException">TorchSharp's native libraries are missing or do not load.</exception>
    public Device Resolve(Action<string>? say = null)
    {
        if (_isAutomatic)
        {
            say ??= Console.Error.WriteLine;
            int count = CudaCount();
            say(count > 0
                ? $"DeepVision runs on cuda:0: libtorch sees {count} CUDA device{(count == 1 ? "" : "s")}."
                : $"DeepVision runs on the CPU: {NoCuda()}.");
            return count > 0 ? new Device(DeviceType.CUDA, 0) : new Device(DeviceType.CPU);
        }

        Require(Type, Index);
        return Type == DeviceType.CUDA ? new Device(DeviceType.CUDA, Index) : new Device(DeviceType.CPU);
    }

    /// <summary><c>cpu</c>, <c>cuda:0</c> or <c>auto</c>.</summary>
    public override string ToString() => _isAutomatic ? "auto" : Type == DeviceType.CUDA ? $"cuda:{Index}" : "cpu";

    /// <summary>Requires that a device is there.</summary>
    internal static void Require(DeviceType type, int index)
    {
        TorchRuntime.EnsureReady();
        int count = type == DeviceType.CUDA ? CudaCount() : int.MaxValue;
        if (count == 0)
        {
            throw new InvalidOperationException(
                $"A CUDA device was asked for, and {NoCuda()}. Take {nameof(TorchDevice)}.{nameof(Cpu)} or {nameof(TorchDevice)}.{nameof(Auto)}, or give "
                + "the application a libtorch with CUDA (the package TorchSharp-cuda-linux or TorchSharp-cuda-windows) on a machine with a driver.");
        }

        if (index >= count)
        {
            throw new InvalidOperationException($"CUDA device {index} was asked for; libtorch sees {count}, numbered from 0.");
        }
    }

    private static int CudaCount()
    {
        TorchRuntime.EnsureReady();
        return cuda.is_available() ? cuda.device_count() : 0;
    }

    private static string NoCuda() => "this libtorch has no CUDA or finds no device";
}
