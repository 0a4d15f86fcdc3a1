using DeepVision.Backbones;

namespace DeepVision;

/// <summary>DenseNet for the builder.</summary>
public static class DenseNetBuilderExtensions
{
    /// <summary>Takes a DenseNet as backbone: C2 to C5, strides 4 to 32.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">A preset like <see cref="DenseNetSpec.DenseNet121"/>, or one varied by <c>with</c>.</param>
    /// <exception cref="ModelBuildException">The spec describes no network.</exception>
    public static VisionModelBuilder UseDenseNet(this VisionModelBuilder builder, DenseNetSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBackbone(new DenseNetBackbone(spec));
    }
}
