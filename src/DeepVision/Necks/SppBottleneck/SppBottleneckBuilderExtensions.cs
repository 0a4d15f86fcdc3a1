using DeepVision.Necks;

namespace DeepVision;

/// <summary>YOLO's spatial pyramid pooling for the builder.</summary>
public static class SppBottleneckBuilderExtensions
{
    /// <summary>Adds YOLO's spatial pyramid pooling on the coarsest map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Windows, channels, activation and normalization; null for YOLO's.</param>
    public static VisionModelBuilder UseSppBottleneck(this VisionModelBuilder builder, SppBottleneckSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new SppBottleneckNeck(spec ?? new SppBottleneckSpec()));
    }
}
