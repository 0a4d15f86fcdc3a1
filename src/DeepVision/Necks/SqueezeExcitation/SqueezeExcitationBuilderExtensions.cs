using DeepVision.Necks;

namespace DeepVision;

/// <summary>Squeeze and excitation for the builder.</summary>
public static class SqueezeExcitationBuilderExtensions
{
    /// <summary>Adds squeeze and excitation of every map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Reduction and activations; null for the paper's.</param>
    public static VisionModelBuilder UseSqueezeExcitation(this VisionModelBuilder builder, SqueezeExcitationSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new SqueezeExcitationNeck(spec ?? new SqueezeExcitationSpec()));
    }
}
