using DeepVision.Heads;

namespace DeepVision;

/// <summary>Faster R-CNN for the builder.</summary>
public static class FasterRcnnBuilderExtensions
{
    /// <summary>Takes Faster R-CNN's two stages, for P2 to P6, and names their classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">The classes' names in index order, the background's first.</param>
    public static VisionModelBuilder UseFasterRcnn(this VisionModelBuilder builder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return builder.UseFasterRcnn(new FasterRcnnHeadSpec { Classes = classes.Count }).WithLabels(classes);
    }

    /// <summary>Takes Faster R-CNN's two stages.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, anchors, proposals, box head and decoding.</param>
    public static VisionModelBuilder UseFasterRcnn(this VisionModelBuilder builder, FasterRcnnHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new FasterRcnnHead(spec));
    }
}
