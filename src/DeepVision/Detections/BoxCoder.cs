using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>
/// The (dx, dy, dw, dh) coding of boxes against anchors, in float32 and with torchvision's order of operations
/// (<c>torchvision.models.detection._utils.BoxCoder</c>): decoding gives the same bits.
/// </summary>
public sealed record BoxCoder
{
    /// <summary>All weights 1: what RetinaNet uses.</summary>
    public static BoxCoder Unweighted { get; } = new();

    /// <summary>What dx is multiplied by when encoding; finite and above 0, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public float WeightX { get; init => field = Checked(value); } = 1f;

    /// <summary>What dy is multiplied by when encoding; finite and above 0, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public float WeightY { get; init => field = Checked(value); } = 1f;

    /// <summary>What dw is multiplied by when encoding; finite and above 0, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public float WeightWidth { get; init => field = Checked(value); } = 1f;

    /// <summary>What dh is multiplied by when encoding; finite and above 0, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public float WeightHeight { get; init => field = Checked(value); } = 1f;

    /// <summary>
    /// The largest logarithm of a ratio of sides that decoding takes; more is cut off so that the exponential stays
    /// finite. Default ln(1000 / 16).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public float MaxLogRatio { get; init => field = Checked(value); } = 4.135166556742356f;

    /// <summary>The box that <paramref name="delta"/> describes relative to <paramref name="anchor"/>; not clipped.</summary>
    /// <remarks>NaN in either gives NaN coordinates; infinite deltas give infinite or NaN ones. Nothing throws.</remarks>
    public Box Decode(Box anchor, BoxDelta delta)
    {
        float width = anchor.X2 - anchor.X1;
        float height = anchor.Y2 - anchor.Y1;
        float anchorX = anchor.X1 + (0.5f * width);
        float anchorY = anchor.Y1 + (0.5f * height);

        float centerX = (delta.Dx / WeightX * width) + anchorX;
        float centerY = (delta.Dy / WeightY * height) + anchorY;
        float halfWidth = 0.5f * (Logistic.Exp(AtMost(delta.Dw / WeightWidth, MaxLogRatio)) * width);
        float halfHeight = 0.5f * (Logistic.Exp(AtMost(delta.Dh / WeightHeight, MaxLogRatio)) * height);

        return new Box(centerX - halfWidth, centerY - halfHeight, centerX + halfWidth, centerY + halfHeight);
    }

    /// <summary>
    /// What a regression head should predict at <paramref name="anchor"/> for <paramref name="target"/>: the inverse of
    /// <see cref="Decode"/> up to rounding and the cut at <see cref="MaxLogRatio"/>.
    /// </summary>
    /// <remarks>An anchor or a target without area gives infinite or NaN values, as in torchvision.</remarks>
    public BoxDelta Encode(Box target, Box anchor)
    {
        float width = anchor.X2 - anchor.X1;
        float height = anchor.Y2 - anchor.Y1;
        float anchorX = anchor.X1 + (0.5f * width);
        float anchorY = anchor.Y1 + (0.5f * height);
        float targetWidth = target.X2 - target.X1;
        float targetHeight = target.Y2 - target.Y1;
        float targetX = target.X1 + (0.5f * targetWidth);
        float targetY = target.Y1 + (0.5f * targetHeight);

        return new BoxDelta(
            WeightX * (targetX - anchorX) / width,
            WeightY * (targetY - anchorY) / height,
            WeightWidth * MathF.Log(targetWidth / width),
            WeightHeight * MathF.Log(targetHeight / height));
    }

    // A NaN passes the comparison and stays, as in torch.clamp.
    private static float AtMost(float value, float limit) => value > limit ? limit : value;

    private static float Checked(float value) => float.IsFinite(value) && value > 0f
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A box coder's weights and limit are finite numbers above 0.");
}
