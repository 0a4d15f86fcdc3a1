using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision;

/// <summary>Classification for the builder.</summary>
public static class ClassificationBuilderExtensions
{
    /// <summary>Takes global average pooling and one fully connected layer as head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classes">How many classes.</param>
    public static VisionModelBuilder UseClassifier(this VisionModelBuilder builder, int classes) =>
        builder.UseClassifier(new ClassificationHeadSpec { Classes = classes });

    /// <summary>Takes a classification head, and names its classes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="labels">The classes' names in index order.</param>
    public static VisionModelBuilder UseClassifier(this VisionModelBuilder builder, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return builder.UseClassifier(labels.Count).WithLabels(labels);
    }

    /// <summary>Takes a classification head.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="spec">Classes, pooling, bottleneck, dropout and temperature.</param>
    public static VisionModelBuilder UseClassifier(this VisionModelBuilder builder, ClassificationHeadSpec spec)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseHead(new ClassificationHead(spec));
    }
}
