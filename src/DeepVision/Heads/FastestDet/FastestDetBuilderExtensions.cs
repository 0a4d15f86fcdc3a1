using DeepVision.Heads;

namespace DeepVision;

/// <summary>FastestDet's head for the builder.</summary>
public static class FastestDetBuilderExtensions
{
    /// <summary>Takes FastestDet's head and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order.</param>
    public static VisionModelBuilder UseFastestDet(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseFastestDet(new FastestDetHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes FastestDet's head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, activation, normalization and decoding.</param>
    public static VisionModelBuilder UseFastestDet(this VisionModelBuilder builder, FastestDetHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new FastestDetHead(spec));
    }
}
