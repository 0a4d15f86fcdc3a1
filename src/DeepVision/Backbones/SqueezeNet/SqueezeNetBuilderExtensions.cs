using DeepVision.Backbones;

namespace DeepVision;

/// <summary>SqueezeNet for the builder.</summary>
public static class SqueezeNetBuilderExtensions
{
    /// <summary>Takes a SqueezeNet as backbone: C2 to C4, strides 4 to 16, up to two pixels short.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="SqueezeNetSpec.V11"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseSqueezeNet(this VisionModelBuilder builder, SqueezeNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new SqueezeNetBackbone(spec));
    }
}
