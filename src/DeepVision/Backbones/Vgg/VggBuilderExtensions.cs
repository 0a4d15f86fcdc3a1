using DeepVision.Backbones;

namespace DeepVision;

/// <summary>VGG for the builder.</summary>
public static class VggBuilderExtensions
{
    /// <summary>Takes a VGG as backbone: C1 to C5, strides 2 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="VggSpec.Vgg16"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseVgg(this VisionModelBuilder builder, VggSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new VggBackbone(spec));
    }
}
