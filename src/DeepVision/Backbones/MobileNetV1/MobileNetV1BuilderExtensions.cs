using DeepVision.Backbones;

namespace DeepVision;

/// <summary>MobileNetV1 for the builder.</summary>
public static class MobileNetV1BuilderExtensions
{
    /// <summary>Takes a MobileNetV1 as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">One with a width and an activation, like <see cref="MobileNetV1Spec.RetinaFace"/>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseMobileNetV1(this VisionModelBuilder builder, MobileNetV1Spec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new MobileNetV1Backbone(spec));
    }
}
