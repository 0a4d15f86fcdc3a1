using DeepVision.Heads;

namespace DeepVision;

/// <summary>YOLOX's head for the builder.</summary>
public static class YoloxBuilderExtensions
{
    /// <summary>Takes YOLOX's head, for P3 to P5, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order.</param>
    public static VisionModelBuilder UseYolox(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseYolox(new YoloxHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes YOLOX's head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, channels, levels and decoding.</param>
    public static VisionModelBuilder UseYolox(this VisionModelBuilder builder, YoloxHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new YoloxHead(spec));
    }
}
