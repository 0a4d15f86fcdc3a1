using DeepVision.Necks;

namespace DeepVision;

/// <summary>CBAM for the builder.</summary>
public static class CbamBuilderExtensions
{
    /// <summary>Adds channel and spatial attention (CBAM) of every map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Reduction and window; null for the paper's.</param>
    public static VisionModelBuilder UseCbam(this VisionModelBuilder builder, CbamSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new CbamNeck(spec ?? new CbamSpec()));
    }
}
