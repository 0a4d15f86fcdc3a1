using DeepVision.Backbones;

namespace DeepVision;

/// <summary>CSPDarknet for the builder.</summary>
public static class CspDarknetBuilderExtensions
{
    /// <summary>Takes YOLOX's CSPDarknet as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="CspDarknetSpec.Small"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseCspDarknet(this VisionModelBuilder builder, CspDarknetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new CspDarknetBackbone(spec));
    }
}
