using DeepVision.Tensors;

namespace DeepVision.Torch.Training.Losses;

/// <summary>What the anchors of a batch should predict, in managed memory; rows are image * anchors + anchor.</summary>
internal sealed class RetinaNetTargets
{
    /// <summary>The weight of each row in the classification loss: 0 where an anchor counts for nothing.</summary>
    public required float[] RowWeights { get; init; }

    /// <summary>The rows of anchors with an object.</summary>
    public required long[] ForegroundRows { get; init; }

    /// <summary>Their classes' places in the logits, row * classes + class.</summary>
    public required long[] ForegroundLogits { get; init; }

    /// <summary>1 / (objects' anchors in the image * images), for each.</summary>
    public required float[] ForegroundWeights { get; init; }

    /// <summary>Their anchors.</summary>
    public required Box[] Anchors { get; init; }

    /// <summary>Their objects' boxes.</summary>
    public required Box[] Objects { get; init; }
}
