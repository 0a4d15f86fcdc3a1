using DeepVision.Necks;

namespace DeepVision;

/// <summary>FPN for the builder.</summary>
public static class FpnBuilderExtensions
{
    /// <summary>Adds a feature pyramid network.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="channels">Channels of every output.</param>
    public static VisionModelBuilder UseFpn(this VisionModelBuilder builder, int channels = 256) =>
        builder.UseFpn(new FpnSpec { Channels = channels });

    /// <summary>Adds a feature pyramid network.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Channels, levels and extra levels.</param>
    public static VisionModelBuilder UseFpn(this VisionModelBuilder builder, FpnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new FpnNeck(spec));
    }
}
