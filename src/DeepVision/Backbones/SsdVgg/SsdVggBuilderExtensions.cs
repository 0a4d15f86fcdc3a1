using DeepVision.Backbones;

namespace DeepVision;

/// <summary>SSD's VGG for the builder.</summary>
public static class SsdVggBuilderExtensions
{
    /// <summary>Takes VGG as SSD changes it as backbone: C3 and C4, strides 8 and 16.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec"><see cref="SsdVggSpec.Vgg16"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseSsdVgg(this VisionModelBuilder builder, SsdVggSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new SsdVggBackbone(spec));
    }
}
