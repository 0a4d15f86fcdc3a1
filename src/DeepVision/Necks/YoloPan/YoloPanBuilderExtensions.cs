using DeepVision.Necks;

namespace DeepVision;

/// <summary>YOLO's path aggregation for the builder.</summary>
public static class YoloPanBuilderExtensions
{
    /// <summary>Adds the concatenating path aggregation of the YOLO family over the three coarsest maps.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Depth, activation and normalization; null for YOLOX-L's.</param>
    public static VisionModelBuilder UseYoloPan(this VisionModelBuilder builder, YoloPanSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new YoloPanNeck(spec ?? new YoloPanSpec()));
    }
}
