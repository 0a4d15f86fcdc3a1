using DeepVision.Backbones;

namespace DeepVision;

/// <summary>EfficientNet for the builder.</summary>
public static class EfficientNetBuilderExtensions
{
    /// <summary>Takes an EfficientNet as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="EfficientNetSpec.B0"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseEfficientNet(this VisionModelBuilder builder, EfficientNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new EfficientNetBackbone(spec));
    }
}
