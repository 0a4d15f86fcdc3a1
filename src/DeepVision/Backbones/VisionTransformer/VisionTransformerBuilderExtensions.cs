using DeepVision.Backbones;

namespace DeepVision;

/// <summary>The Vision Transformer for the builder.</summary>
public static class VisionTransformerBuilderExtensions
{
    /// <summary>Takes a Vision Transformer as backbone: one map of the patches' stride, and a class token for a classifier.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="VisionTransformerSpec.Base16"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseVisionTransformer(this VisionModelBuilder builder, VisionTransformerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new VisionTransformerBackbone(spec));
    }
}
