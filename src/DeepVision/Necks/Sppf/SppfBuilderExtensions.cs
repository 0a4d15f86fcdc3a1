using DeepVision.Necks;

namespace DeepVision;

/// <summary>Fast spatial pyramid pooling for the builder.</summary>
public static class SppfBuilderExtensions
{
    /// <summary>Adds YOLO's fast spatial pyramid pooling on the coarsest map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Kernel, channels, activation and normalization; null for YOLOv5's.</param>
    public static VisionModelBuilder UseSppf(this VisionModelBuilder builder, SppfSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new SppfNeck(spec ?? new SppfSpec()));
    }
}
