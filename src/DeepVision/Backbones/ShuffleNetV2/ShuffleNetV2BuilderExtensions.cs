using DeepVision.Backbones;

namespace DeepVision;

/// <summary>ShuffleNetV2 for the builder.</summary>
public static class ShuffleNetV2BuilderExtensions
{
    /// <summary>Takes a ShuffleNetV2 as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="ShuffleNetV2Spec.X10"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseShuffleNetV2(this VisionModelBuilder builder, ShuffleNetV2Spec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new ShuffleNetV2Backbone(spec));
    }
}
