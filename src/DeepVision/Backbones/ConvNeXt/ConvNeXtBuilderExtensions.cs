using DeepVision.Backbones;

namespace DeepVision;

/// <summary>ConvNeXt for the builder.</summary>
public static class ConvNeXtBuilderExtensions
{
    /// <summary>Takes a ConvNeXt as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="ConvNeXtSpec.Tiny"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseConvNeXt(this VisionModelBuilder builder, ConvNeXtSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new ConvNeXtBackbone(spec));
    }
}
