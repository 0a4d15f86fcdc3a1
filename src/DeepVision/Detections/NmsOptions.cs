namespace DeepVision.Detections;

/// <summary>How overlapping boxes are thinned out; see <see cref="NonMaximumSuppression"/>.</summary>
public sealed record NmsOptions
{
    /// <summary>Hard, within each class, above an IoU of 0.5.</summary>
    public static NmsOptions Default { get; } = new();

    /// <summary>What happens to overlapping boxes; default <see cref="NmsMethod.Hard"/>.</summary>
    public NmsMethod Method { get; init; } = NmsMethod.Hard;

    /// <summary>Which boxes compete; default <see cref="NmsScope.PerClass"/>.</summary>
    public NmsScope Scope { get; init; } = NmsScope.PerClass;

    /// <summary>
    /// Overlap must be above it (not equal) to count, 0 to 1; default 0.5. Compared as a double with a float32 IoU, as
    /// torchvision does.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public double IouThreshold
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An IoU threshold lies between 0 and 1.");
    } = 0.5;

    /// <summary>How fast scores fall under <see cref="NmsMethod.SoftGaussian"/>; above 0, default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public float Sigma
    {
        get;
        init => field = float.IsFinite(value) && value > 0f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Sigma is a finite number above 0.");
    } = 0.5f;

    /// <summary>Under the soft methods, boxes whose score is or falls below it are dropped; 0 to 1, default 0.001.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float MinScore
    {
        get;
        init => field = value is >= 0f and <= 1f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A score lies between 0 and 1.");
    } = 0.001f;

    internal void ThrowIfContradictory(string name)
    {
        if (Method is < NmsMethod.Hard or > NmsMethod.SoftGaussian || Scope is < NmsScope.PerClass or > NmsScope.PerClassLikeTorchvision)
        {
            throw new ArgumentException($"Unknown method {Method} or scope {Scope}.", name);
        }

        if (Scope == NmsScope.PerClassLikeTorchvision && Method != NmsMethod.Hard)
        {
            throw new ArgumentException(
                $"Scope {Scope} is there for parity of hard suppression; found method {Method}. Use {NmsScope.PerClass} with it.", name);
        }
    }
}
