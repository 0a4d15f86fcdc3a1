using DeepVision.Heads;

namespace DeepVision;

/// <summary>RetinaFace's head for the builder.</summary>
public static class RetinaFaceBuilderExtensions
{
    /// <summary>Takes RetinaFace's head: faces with five landmarks.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, anchors and decoding; null for the published ones.</param>
    public static VisionModelBuilder UseRetinaFace(this VisionModelBuilder builder, RetinaFaceHeadSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new RetinaFaceHead(spec ?? new RetinaFaceHeadSpec()));
    }
}
