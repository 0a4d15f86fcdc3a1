using DeepVision.Heads;

namespace DeepVision;

/// <summary>DeepLabV3 for the builder.</summary>
public static class DeepLabV3BuilderExtensions
{
    /// <summary>Takes DeepLabV3's head over the coarsest map, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order, the background's first.</param>
    public static VisionModelBuilder UseDeepLabV3(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseDeepLabV3(new DeepLabV3HeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes DeepLabV3's head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, maps, pooling and normalization.</param>
    public static VisionModelBuilder UseDeepLabV3(this VisionModelBuilder builder, DeepLabV3HeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new DeepLabV3Head(spec));
    }
}
