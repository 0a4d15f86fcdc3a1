using DeepVision.Necks;

namespace DeepVision;

/// <summary>SSH's context modules for the builder.</summary>
public static class SshBuilderExtensions
{
    /// <summary>Adds a context module to every map.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Channels, activation and normalization; null for those of the published RetinaFace.</param>
    public static VisionModelBuilder UseSsh(this VisionModelBuilder builder, SshSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new SshNeck(spec ?? new SshSpec()));
    }
}
