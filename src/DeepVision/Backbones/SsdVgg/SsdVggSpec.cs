namespace DeepVision.Backbones;

/// <summary>
/// VGG as SSD changes it (Liu et al. 2016): the third pool rounds up, the last one has a stride of 1, and the first two fully
/// connected layers are convolutions, the first of them dilated. Gives C3, divided by its length at each pixel and scaled by a
/// learned factor a channel, and C4, behind the convolutions.
/// </summary>
public sealed record SsdVggSpec
{
    /// <summary>SSD300's and SSD512's VGG-16.</summary>
    public static SsdVggSpec Vgg16 { get; } = new() { Name = "SSD VGG-16", Vgg = VggSpec.Vgg16 };

    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>The five stages of convolutions, their normalization, and the image's channels.</summary>
    public required VggSpec Vgg { get; init; }

    /// <summary>Channels of the two convolutions in place of fully connected layers. Default 1024.</summary>
    public int FullyConnectedChannels { get; init; } = 1024;

    /// <summary>Dilation of the first of them. Default 6.</summary>
    public int Dilation { get; init; } = 6;

    /// <summary>Where the factors of C3 start. Default 20.</summary>
    public float InitialScale { get; init; } = 20;
}
