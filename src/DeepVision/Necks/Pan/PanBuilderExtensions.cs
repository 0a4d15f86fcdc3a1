using DeepVision.Necks;

namespace DeepVision;

/// <summary>PANet's bottom-up path for the builder.</summary>
public static class PanBuilderExtensions
{
    /// <summary>Adds PANet's bottom-up path, behind an FPN.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Activation and normalization; null for the paper's.</param>
    public static VisionModelBuilder UsePan(this VisionModelBuilder builder, PanSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new PanNeck(spec ?? new PanSpec()));
    }
}
