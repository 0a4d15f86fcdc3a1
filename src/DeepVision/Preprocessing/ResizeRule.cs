using DeepVision.Tensors;

namespace DeepVision.Preprocessing;

/// <summary>
/// What happens to an image's size. Immutable; made by the static members, which check their arguments, so that a rule is
/// always usable.
/// </summary>
public sealed record ResizeRule
{
    private ResizeRule(ResizeKind kind) => Kind = kind;

    /// <summary>The image keeps its size.</summary>
    public static ResizeRule None { get; } = new(ResizeKind.None);

    /// <summary>Which kind of rule this is; it says which of the other properties have a meaning.</summary>
    public ResizeKind Kind { get; }

    /// <summary>The shortest side's new length for <see cref="ResizeKind.ShortestSide"/> and <see cref="ResizeKind.SideBounds"/>; else 0.</summary>
    public int MinSide { get; private init; }

    /// <summary>The longest side's bound for <see cref="ResizeKind.SideBounds"/>; else 0.</summary>
    public int MaxSide { get; private init; }

    /// <summary>The new size for <see cref="ResizeKind.Exact"/>, the canvas for <see cref="ResizeKind.Letterbox"/>; else 0 x 0.</summary>
    public ImageSize Size { get; private init; }

    /// <summary>The color of the bars for <see cref="ResizeKind.Letterbox"/>.</summary>
    public FillColor Fill { get; private init; }

    /// <summary>Where the picture stands for <see cref="ResizeKind.Letterbox"/>.</summary>
    public LetterboxAnchor Anchor { get; private init; }

    /// <summary>
    /// The shortest side becomes <paramref name="side"/>, the other <c>side * longest / shortest</c> rounded down, as
    /// torchvision's <c>Resize(side)</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    public static ResizeRule ShortestSide(int side)
    {
        CheckSide(side, nameof(side));
        return new ResizeRule(ResizeKind.ShortestSide) { MinSide = side };
    }

    /// <summary>Both sides become those of <paramref name="size"/>, whatever the aspect ratio.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>.</exception>
    public static ResizeRule Exact(ImageSize size)
    {
        CheckSize(size, nameof(size));
        return new ResizeRule(ResizeKind.Exact) { Size = size };
    }

    /// <summary>
    /// The shortest side becomes <paramref name="min"/>, or less where the longest would exceed <paramref name="max"/>: the
    /// rule of torchvision's detectors, with its float32 scale factor.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>, or <paramref name="max"/> is below <paramref name="min"/>.</exception>
    public static ResizeRule SideBounds(int min, int max)
    {
        CheckSide(min, nameof(min));
        CheckSide(max, nameof(max));
        if (max < min)
        {
            throw new ArgumentOutOfRangeException(
                nameof(max), max, $"The bound of the longest side must be at least that of the shortest, {min}.");
        }

        return new ResizeRule(ResizeKind.SideBounds) { MinSide = min, MaxSide = max };
    }

    /// <summary>The image is fitted into <paramref name="canvas"/>, keeping its aspect ratio; the rest gets the fill color.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or above <see cref="RgbImage.MaxSide"/>, or the anchor is unknown.</exception>
    public static ResizeRule Letterbox(ImageSize canvas, FillColor fill, LetterboxAnchor anchor)
    {
        CheckSize(canvas, nameof(canvas));
        if (!Enum.IsDefined(anchor))
        {
            throw new ArgumentOutOfRangeException(nameof(anchor), anchor, "Unknown letterbox anchor.");
        }

        return new ResizeRule(ResizeKind.Letterbox) { Size = canvas, Fill = fill, Anchor = anchor };
    }

    internal static void CheckSize(ImageSize size, string name)
    {
        CheckSide(size.Width, name);
        CheckSide(size.Height, name);
    }

    private static void CheckSide(int side, string name)
    {
        if (side is < 1 or > RgbImage.MaxSide)
        {
            throw new ArgumentOutOfRangeException(name, side, $"A side must be from 1 to {RgbImage.MaxSide} pixels.");
        }
    }
}
