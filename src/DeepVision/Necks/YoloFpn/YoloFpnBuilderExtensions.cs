using DeepVision.Necks;

namespace DeepVision;

/// <summary>YOLOv3's top-down path for the builder.</summary>
public static class YoloFpnBuilderExtensions
{
    /// <summary>Adds YOLOv3's concatenating top-down path over the three coarsest maps.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Activation and normalization; null for YOLOX's.</param>
    public static VisionModelBuilder UseYoloFpn(this VisionModelBuilder builder, YoloFpnSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new YoloFpnNeck(spec ?? new YoloFpnSpec()));
    }
}
