using DeepVision.Backbones;

namespace DeepVision;

/// <summary>MobileNetV3 for the builder.</summary>
public static class MobileNetV3BuilderExtensions
{
    /// <summary>Takes a MobileNetV3 as backbone: C2 to C5, strides 4 to 32, or what <see cref="MobileNetV3Spec.Taps"/> says.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="MobileNetV3Spec.Large"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseMobileNetV3(this VisionModelBuilder builder, MobileNetV3Spec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new MobileNetV3Backbone(spec));
    }
}
