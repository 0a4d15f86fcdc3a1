using DeepVision.Torch.Training.Targets;

namespace DeepVision.Torch.Training.Losses;

/// <summary>How RetinaNet's loss is computed. The defaults are torchvision's, but for ignored objects.</summary>
public sealed record RetinaNetLossOptions
{
    /// <summary>Which anchors belong to which objects.</summary>
    public AnchorMatcherOptions Matching
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new();

    /// <summary>The focal loss's weight of objects; background has 1 less it. 0 to 1, default 0.25.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double FocalAlpha { get; init => field = value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Alpha lies between 0 and 1."); } = 0.25;

    /// <summary>The focal loss's exponent, which makes what is easy count less; 0 or more, default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or no number.</exception>
    public double FocalGamma { get; init => field = NotNegative(value); } = 2;

    /// <summary>How boxes are compared. Default <see cref="BoxLossKind.L1"/>.</summary>
    public BoxLossKind Boxes { get; init; } = BoxLossKind.L1;

    /// <summary>Where <see cref="BoxLossKind.SmoothL1"/> becomes linear; 0 or more, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or no number.</exception>
    public double SmoothL1Beta { get; init => field = NotNegative(value); } = 1;

    /// <summary>The weight of the box loss in the sum; 0 or more, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or no number.</exception>
    public double BoxWeight { get; init => field = NotNegative(value); } = 1;

    private static double NotNegative(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number of at least 0.");
}
