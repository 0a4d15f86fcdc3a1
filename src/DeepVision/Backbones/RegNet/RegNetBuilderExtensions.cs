using DeepVision.Backbones;

namespace DeepVision;

/// <summary>RegNet for the builder.</summary>
public static class RegNetBuilderExtensions
{
    /// <summary>Takes a RegNet as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="RegNetSpec.Y400MF"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseRegNet(this VisionModelBuilder builder, RegNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new RegNetBackbone(spec));
    }
}
