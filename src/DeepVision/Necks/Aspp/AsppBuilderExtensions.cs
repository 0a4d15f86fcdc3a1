using DeepVision.Blocks;
using DeepVision.Necks;

namespace DeepVision;

/// <summary>ASPP for the builder.</summary>
public static class AsppBuilderExtensions
{
    /// <summary>Adds atrous spatial pyramid pooling of the coarsest map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Channels, rates and normalization; null for DeepLabV3's.</param>
    public static VisionModelBuilder UseAspp(this VisionModelBuilder builder, AsppSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new AsppNeck(spec ?? new AsppSpec()));
    }
}
