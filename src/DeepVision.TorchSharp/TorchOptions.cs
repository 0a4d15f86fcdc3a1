namespace DeepVision.Torch;

/// <summary>How a model runs on TorchSharp when it only predicts.</summary>
public sealed record TorchOptions
{
    /// <summary>Where. Default the CPU.</summary>
    public TorchDevice Device { get; init; } = TorchDevice.Cpu;

    /// <summary>The type that the network computes in; outputs come back as float32. Default float32.</summary>
    public TorchPrecision Precision { get; init; } = TorchPrecision.Float32;

    /// <summary>What becomes of batch norms. Default folded into the convolutions before them.</summary>
    public TorchBatchNorm BatchNorm { get; init; } = TorchBatchNorm.Folded;

    /// <summary>How maps lie in memory. Default as PyTorch has them, channel by channel.</summary>
    public TorchMemoryFormat MemoryFormat { get; init; } = TorchMemoryFormat.Contiguous;

    /// <summary>
    /// Threads that one call may use on the CPU, at least 1; null leaves libtorch's number. libtorch keeps a number for each calling
    /// thread: a call sets that of its thread where it differs, and what runs on this thread afterwards keeps it. Default null.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Hears what <see cref="TorchDevice.Auto"/> chose and why. Default a line on the error stream.</summary>
    public Action<string>? Say { get; init; }
}
