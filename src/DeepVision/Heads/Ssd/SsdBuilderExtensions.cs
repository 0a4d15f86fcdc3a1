using DeepVision.Heads;

namespace DeepVision;

/// <summary>SSD for the builder.</summary>
public static class SsdBuilderExtensions
{
    /// <summary>Takes SSD's head, for the six maps of SSD300, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order, background first.</param>
    public static VisionModelBuilder UseSsd(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseSsd(new SsdHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes SSD's head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, default boxes and decoding.</param>
    public static VisionModelBuilder UseSsd(this VisionModelBuilder builder, SsdHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new SsdHead(spec));
    }
}
