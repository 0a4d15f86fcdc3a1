using DeepVision.Heads;

namespace DeepVision;

/// <summary>SqueezeNet's classifier for the builder.</summary>
public static class SqueezeNetHeadBuilderExtensions
{
    /// <summary>Takes SqueezeNet's convolutional classifier as head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">How many classes.</param>
    public static VisionModelBuilder UseSqueezeNetClassifier(this VisionModelBuilder builder, int classes) =>
        builder.UseSqueezeNetClassifier(new SqueezeNetHeadSpec { Classes = classes });

    /// <summary>Takes SqueezeNet's convolutional classifier as head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes and dropout.</param>
    public static VisionModelBuilder UseSqueezeNetClassifier(this VisionModelBuilder builder, SqueezeNetHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new SqueezeNetHead(spec));
    }
}
