using DeepVision.Backbones;

namespace DeepVision;

/// <summary>MobileNetV2 for the builder.</summary>
public static class MobileNetV2BuilderExtensions
{
    /// <summary>Takes a MobileNetV2 as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">One like <c>new MobileNetV2Spec()</c>, or with another width.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseMobileNetV2(this VisionModelBuilder builder, MobileNetV2Spec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new MobileNetV2Backbone(spec));
    }
}
