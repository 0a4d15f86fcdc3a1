using DeepVision.Necks;

namespace DeepVision;

/// <summary>FastestDet's neck for the builder.</summary>
public static class FastestDetNeckBuilderExtensions
{
    /// <summary>Adds FastestDet's neck over the three coarsest maps.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Channels, activation and normalization; null for FastestDet's.</param>
    public static VisionModelBuilder UseFastestDetNeck(this VisionModelBuilder builder, FastestDetNeckSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new FastestDetNeck(spec ?? new FastestDetNeckSpec()));
    }
}
