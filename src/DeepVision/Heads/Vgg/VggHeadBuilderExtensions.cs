using DeepVision.Heads;

namespace DeepVision;

/// <summary>VGG's classifier for the builder.</summary>
public static class VggHeadBuilderExtensions
{
    /// <summary>Takes VGG's three-layer classifier as head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">How many classes.</param>
    public static VisionModelBuilder UseVggClassifier(this VisionModelBuilder builder, int classes) =>
        builder.UseVggClassifier(new VggHeadSpec { Classes = classes });

    /// <summary>Takes VGG's three-layer classifier as head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, hidden length and dropout.</param>
    public static VisionModelBuilder UseVggClassifier(this VisionModelBuilder builder, VggHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new VggHead(spec));
    }
}
