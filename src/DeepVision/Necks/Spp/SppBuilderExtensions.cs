using DeepVision.Necks;

namespace DeepVision;

/// <summary>Spatial pyramid pooling for the builder.</summary>
public static class SppBuilderExtensions
{
    /// <summary>Adds spatial pyramid pooling: a vector of one length from an image of any size.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Grids and pooling; null for 1, 2 and 4 cells a side with max pooling.</param>
    public static VisionModelBuilder UseSpp(this VisionModelBuilder builder, SppSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new SppNeck(spec ?? new SppSpec()));
    }
}
