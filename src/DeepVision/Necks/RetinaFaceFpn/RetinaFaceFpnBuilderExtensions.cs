using DeepVision.Necks;

namespace DeepVision;

/// <summary>RetinaFace's pyramid for the builder.</summary>
public static class RetinaFaceFpnBuilderExtensions
{
    /// <summary>Adds RetinaFace's feature pyramid.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Channels, levels, activation and normalization; null for those of the published small network.</param>
    public static VisionModelBuilder UseRetinaFaceFpn(this VisionModelBuilder builder, RetinaFaceFpnSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new RetinaFaceFpnNeck(spec ?? new RetinaFaceFpnSpec()));
    }
}
