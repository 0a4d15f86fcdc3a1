namespace DeepVision.Torch.Training;

/// <summary>How the images of a batch lie in memory; the maps made of them follow.</summary>
public enum TrainingMemoryFormat
{
    /// <summary>Pixel by pixel with all channels together.</summary>
    ChannelsLast,

    /// <summary>Channel by channel.</summary>
    Contiguous,
}
