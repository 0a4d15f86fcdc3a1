using DeepVision.Necks;

namespace DeepVision;

/// <summary>BiFPN for the builder.</summary>
public static class BiFpnBuilderExtensions
{
    /// <summary>Adds a bidirectional feature pyramid.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Channels, repeats, levels and fusion; null for EfficientDet-D0's.</param>
    public static VisionModelBuilder UseBiFpn(this VisionModelBuilder builder, BiFpnSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new BiFpnNeck(spec ?? new BiFpnSpec()));
    }
}
