using DeepVision.Heads;

namespace DeepVision;

/// <summary>Lite R-ASPP for the builder.</summary>
public static class LrasppBuilderExtensions
{
    /// <summary>Takes a Lite R-ASPP head over the coarsest map and a finer one, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order, the background's first.</param>
    public static VisionModelBuilder UseLraspp(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseLraspp(new LrasppHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes a Lite R-ASPP head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, maps and channels.</param>
    public static VisionModelBuilder UseLraspp(this VisionModelBuilder builder, LrasppHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new LrasppHead(spec));
    }
}
