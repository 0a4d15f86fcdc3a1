using DeepVision.Heads;

namespace DeepVision;

/// <summary>FCN for the builder.</summary>
public static class FcnBuilderExtensions
{
    /// <summary>Takes a fully convolutional head over the coarsest map, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order, the background's first.</param>
    public static VisionModelBuilder UseFcn(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseFcn(new FcnHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes a fully convolutional head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, maps and normalization.</param>
    public static VisionModelBuilder UseFcn(this VisionModelBuilder builder, FcnHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new FcnHead(spec));
    }
}
