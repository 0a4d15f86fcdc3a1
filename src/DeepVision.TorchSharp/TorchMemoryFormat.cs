namespace DeepVision.Torch;

/// <summary>How maps lie in memory. It changes speed, and results in their last places.</summary>
public enum TorchMemoryFormat
{
    /// <summary>Channel by channel, PyTorch's default.</summary>
    Contiguous,

    /// <summary>Pixel by pixel with all channels together, which convolutions are often faster on.</summary>
    ChannelsLast,
}
