using DeepVision.Necks;

namespace DeepVision;

/// <summary>No neck for the builder.</summary>
public static class IdentityBuilderExtensions
{
    /// <summary>Adds a neck that changes nothing.</summary>
    /// <param name="builder">The builder.</param>
    public static VisionModelBuilder UseIdentityNeck(this VisionModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseNeck(new IdentityNeck());
    }
}
