using DeepVision.Backbones;

namespace DeepVision;

/// <summary>Darknet for the builder.</summary>
public static class DarknetBuilderExtensions
{
    /// <summary>Takes a Darknet as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="DarknetSpec.Darknet53"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseDarknet(this VisionModelBuilder builder, DarknetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new DarknetBackbone(spec));
    }
}
