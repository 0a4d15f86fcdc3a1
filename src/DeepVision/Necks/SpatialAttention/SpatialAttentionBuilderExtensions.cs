using DeepVision.Necks;

namespace DeepVision;

/// <summary>Spatial attention for the builder.</summary>
public static class SpatialAttentionBuilderExtensions
{
    /// <summary>Adds spatial attention (SAM) of every map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Window and normalization; null for the paper's.</param>
    public static VisionModelBuilder UseSpatialAttention(this VisionModelBuilder builder, SpatialAttentionSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new SpatialAttentionNeck(spec ?? new SpatialAttentionSpec()));
    }
}
