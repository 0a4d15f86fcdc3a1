using DeepVision.Graphs.Operations;

namespace DeepVision.Graphs;

/// <summary>Which normalization stands behind a component's convolutions, and with which constants.</summary>
public sealed record Normalization
{
    private readonly Operation? _operation;

    private Normalization(Operation? operation) => _operation = operation;

    /// <summary>Batch norm with PyTorch's defaults: epsilon 1e-5, momentum 0.1.</summary>
    public static Normalization BatchNorm { get; } = new(new BatchNorm());

    /// <summary>No normalization.</summary>
    public static Normalization None { get; } = new(operation: null);

    /// <summary>Whether there is one.</summary>
    public bool IsNone => _operation is null;

    /// <summary>Batch norm with constants of its own.</summary>
    /// <param name="epsilon">Added to the variance; at least 0.</param>
    /// <param name="momentum">How fast running statistics follow in training, 0 to 1.</param>
    public static Normalization BatchNormWith(float epsilon = 1e-5f, float momentum = 0.1f) =>
        new(new BatchNorm { Epsilon = epsilon, Momentum = momentum });

    /// <summary>Batch norm whose weight, bias and statistics never change: torchvision's detectors' backbones.</summary>
    /// <param name="epsilon">Added to the variance; at least 0. torchvision sets 0 for its COCO_V1 detectors.</param>
    public static Normalization FrozenBatchNorm(float epsilon = 1e-5f) => new(new BatchNorm { Epsilon = epsilon, Frozen = true });

    /// <summary>Group norm.</summary>
    /// <param name="groups">How many groups of channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Normalization GroupNorm(int groups, float epsilon = 1e-5f) => new(new GroupNorm { Groups = groups, Epsilon = epsilon });

    /// <summary>Layer norm over the channels at each pixel.</summary>
    /// <param name="epsilon">Added to the variance.</param>
    public static Normalization LayerNorm(float epsilon = 1e-5f) => new(new LayerNorm { Epsilon = epsilon });

    /// <summary>The operation, or null for none.</summary>
    public Operation? ToOperation() => _operation;

    /// <summary>The operation in words.</summary>
    public override string ToString() => _operation?.Describe() ?? "None";
}
