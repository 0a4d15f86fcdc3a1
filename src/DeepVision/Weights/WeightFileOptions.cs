namespace DeepVision.Weights;

/// <summary>
/// How a weight file is opened, and the limits it has to keep. The limits hold before anything is allocated; a file that
/// needs more is refused with a <see cref="WeightsException"/>.
/// </summary>
public sealed record WeightFileOptions
{
    /// <summary>
    /// Which dictionary of the checkpoint holds the weights, for example <c>"state_dict"</c>, <c>"ema"</c> or
    /// <c>"checkpoint.model"</c>; the empty string is the outermost dictionary, with nested keys joined by dots.
    /// Default: null, which lets <see cref="WeightFile"/> choose. Must be null for safetensors, which does not nest.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>
    /// True to leave what wrappers put into keys, like the <c>module.</c> of PyTorch's DataParallel and the <c>_orig_mod.</c> of
    /// torch.compile. Default: false, which takes it away where all keys carry it.
    /// </summary>
    public bool KeepModulePrefix { get; init; }

    /// <summary>The most bytes that may be spent on describing the tensors (pickles, zip directory, JSON header). Default: 64 MiB.</summary>
    public long MaxMetadataBytes { get; init; } = 64L << 20;

    /// <summary>The most tensors a file may offer. Default: 100,000.</summary>
    public int MaxTensors { get; init; } = 100_000;

    /// <summary>
    /// The most bytes that all tensors of the file may need together once they are read as float32; tensors that share a
    /// storage count once each. Default: 16 GiB.
    /// </summary>
    public long MaxTotalBytes { get; init; } = 16L << 30;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMetadataBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxTensors);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxTotalBytes);
    }
}
