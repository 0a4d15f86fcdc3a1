using DeepVision.Backbones;

namespace DeepVision;

/// <summary>CIFAR ResNets for the builder.</summary>
public static class CifarResNetBuilderExtensions
{
    /// <summary>Takes a ResNet for small images as backbone: C0 to C2, strides 1 to 4.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="CifarResNetSpec.ResNet20"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseCifarResNet(this VisionModelBuilder builder, CifarResNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new CifarResNetBackbone(spec));
    }
}
