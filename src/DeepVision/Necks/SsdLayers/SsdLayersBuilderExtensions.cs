using DeepVision.Necks;

namespace DeepVision;

/// <summary>SSD's extra layers for the builder.</summary>
public static class SsdLayersBuilderExtensions
{
    /// <summary>Adds SSD's extra layers behind the coarsest map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec"><see cref="SsdLayersSpec.Ssd300"/>, or others.</param>
    public static VisionModelBuilder UseSsdLayers(this VisionModelBuilder builder, SsdLayersSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new SsdLayersNeck(spec));
    }
}
