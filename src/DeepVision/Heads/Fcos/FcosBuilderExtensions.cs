using DeepVision.Heads;

namespace DeepVision;

/// <summary>FCOS for the builder.</summary>
public static class FcosBuilderExtensions
{
    /// <summary>Takes FCOS's head, for P3 to P7, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order.</param>
    public static VisionModelBuilder UseFcos(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseFcos(new FcosHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes FCOS's head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, levels, towers and decoding.</param>
    public static VisionModelBuilder UseFcos(this VisionModelBuilder builder, FcosHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new FcosHead(spec));
    }
}
