namespace DeepVision.Backbones;

/// <summary>Blocks of one width in an EfficientNet.</summary>
public sealed record EfficientNetStage
{
    /// <summary>The block.</summary>
    public EfficientNetBlockKind Block { get; init; } = EfficientNetBlockKind.MbConv;

    /// <summary>Channels within a block relative to its input.</summary>
    public required int Expansion { get; init; }

    /// <summary>Height and width of the window.</summary>
    public required int Kernel { get; init; }

    /// <summary>The stride of the first block: 1 or 2.</summary>
    public required int Stride { get; init; }

    /// <summary>Channels of each block's output.</summary>
    public required int Channels { get; init; }

    /// <summary>How many blocks.</summary>
    public required int Depth { get; init; }
}
