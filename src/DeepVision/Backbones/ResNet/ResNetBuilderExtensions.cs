using DeepVision.Backbones;

namespace DeepVision;

/// <summary>ResNet for the builder.</summary>
public static class ResNetBuilderExtensions
{
    /// <summary>Takes a ResNet as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="ResNetSpec.ResNet50"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseResNet(this VisionModelBuilder builder, ResNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new ResNetBackbone(spec));
    }
}
