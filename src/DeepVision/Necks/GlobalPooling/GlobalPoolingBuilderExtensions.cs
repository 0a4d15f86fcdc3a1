using DeepVision.Necks;

namespace DeepVision;

/// <summary>Global pooling for the builder.</summary>
public static class GlobalPoolingBuilderExtensions
{
    /// <summary>Adds global pooling of the coarsest map to a vector.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">What is kept; null for the mean.</param>
    public static VisionModelBuilder UseGlobalPooling(this VisionModelBuilder builder, GlobalPoolingSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new GlobalPoolingNeck(spec ?? new GlobalPoolingSpec()));
    }
}
