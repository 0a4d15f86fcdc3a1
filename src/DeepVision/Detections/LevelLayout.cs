using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// How the class logits of one feature level lie: the network writes (A * K, H, W), channel <c>a * K + k</c>, while
/// candidates are numbered as in torchvision's flattened (H, W, A, K): <c>((y * W + x) * A + a) * K + k</c>.
/// </summary>
public sealed record LevelLayout
{
    /// <summary>A, anchors at each place; at least 1.</summary>
    public required int AnchorsPerLocation { get; init => field = AtLeastOne(value, nameof(AnchorsPerLocation)); }

    /// <summary>K, classes that the head scores, background included where the head has one; at least 1.</summary>
    public required int Classes { get; init => field = AtLeastOne(value, nameof(Classes)); }

    /// <summary>H and W of the feature map; at least 1 each.</summary>
    public required SpatialSize Map
    {
        get;
        init
        {
            value.ThrowIfEmpty(nameof(Map));
            field = value;
        }
    }

    /// <summary>The number of logits, <c>A * K * H * W</c>.</summary>
    /// <exception cref="OverflowException">The product exceeds <see cref="long.MaxValue"/>.</exception>
    public long LogitCount => checked(Map.Area * AnchorsPerLocation * Classes);

    /// <summary>The number of box deltas, <c>A * 4 * H * W</c>.</summary>
    /// <exception cref="OverflowException">The product exceeds <see cref="long.MaxValue"/>.</exception>
    public long DeltaCount => checked(Map.Area * AnchorsPerLocation * 4);

    internal void ThrowIfNotLogits(int length, string name)
    {
        if (length != LogitCount)
        {
            throw new ArgumentException(
                $"{AnchorsPerLocation} anchors and {Classes} classes on a map of {Map} have {LogitCount} logits; found {length}.", name);
        }
    }

    internal void ThrowIfNotDeltas(int length, string name)
    {
        if (length != DeltaCount)
        {
            throw new ArgumentException(
                $"{AnchorsPerLocation} anchors on a map of {Map} have {DeltaCount} box deltas, 4 each; found {length}.", name);
        }
    }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
