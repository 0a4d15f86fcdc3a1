using DeepVision.Heads;

namespace DeepVision;

/// <summary>RetinaNet for the builder.</summary>
public static class RetinaNetBuilderExtensions
{
    /// <summary>Takes RetinaNet's head, for P3 to P7, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order.</param>
    public static VisionModelBuilder UseRetinaNet(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseRetinaNet(new RetinaNetHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes RetinaNet's head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, anchors, towers and decoding.</param>
    public static VisionModelBuilder UseRetinaNet(this VisionModelBuilder builder, RetinaNetHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new RetinaNetHead(spec));
    }
}
