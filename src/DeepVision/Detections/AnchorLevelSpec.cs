using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// The anchors of one feature level: one for each combination of aspect ratio and size, with aspect ratios outermost, as
/// in torchvision's <c>AnchorGenerator</c> (index <c>ratio * Sizes.Count + size</c>).
/// </summary>
public sealed record AnchorLevelSpec
{
    /// <summary>Side in pixels of a square anchor with the same area; finite and above 0.</summary>
    /// <exception cref="ArgumentException">Empty, or a value is not a finite number above 0.</exception>
    public required IReadOnlyList<float> Sizes { get; init => field = Checked(value, "size"); }

    /// <summary>Height divided by width; finite and above 0.</summary>
    /// <exception cref="ArgumentException">Empty, or a value is not a finite number above 0.</exception>
    public required IReadOnlyList<float> AspectRatios { get; init => field = Checked(value, "aspect ratio"); }

    /// <summary>A, the number of anchors at each place of the map.</summary>
    public int AnchorsPerLocation => Sizes.Count * AspectRatios.Count;

    /// <summary>
    /// The anchors around the origin, corners rounded to whole pixels with halves to the even neighbor (torch.round).
    /// </summary>
    /// <returns>A new array of <see cref="AnchorsPerLocation"/> boxes.</returns>
    public Box[] BaseAnchors()
    {
        var anchors = new Box[AnchorsPerLocation];
        for (int r = 0; r < AspectRatios.Count; r++)
        {
            float heightRatio = MathF.Sqrt(AspectRatios[r]);
            float widthRatio = 1f / heightRatio;
            for (int s = 0; s < Sizes.Count; s++)
            {
                float x = MathF.Round(widthRatio * Sizes[s] / 2f, MidpointRounding.ToEven);
                float y = MathF.Round(heightRatio * Sizes[s] / 2f, MidpointRounding.ToEven);
                anchors[(r * Sizes.Count) + s] = new Box(-x, -y, x, y);
            }
        }

        return anchors;
    }

    /// <summary>True where sizes and ratios are the same numbers in the same order.</summary>
    public bool Equals(AnchorLevelSpec? other) =>
        other is not null && Sizes.SequenceEqual(other.Sizes) && AspectRatios.SequenceEqual(other.AspectRatios);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sizes.Count, Sizes[0], AspectRatios.Count, AspectRatios[0]);

    private static float[] Checked(IReadOnlyList<float> values, string what)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException($"A level of anchors needs at least one {what}; found none.", nameof(values));
        }

        for (int i = 0; i < values.Count; i++)
        {
            if (!float.IsFinite(values[i]) || values[i] <= 0f)
            {
                throw new ArgumentException(FormattableString.Invariant($"Anchor {what} {i} must be a finite number above 0; found {values[i]}."), nameof(values));
            }
        }

        return [.. values];
    }
}
