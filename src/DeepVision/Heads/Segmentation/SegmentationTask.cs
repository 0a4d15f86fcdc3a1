using DeepVision.Components;
using DeepVision.Preprocessing;

namespace DeepVision.Heads;

/// <summary>A class for every pixel.</summary>
public sealed class SegmentationTask : VisionTask
{
    /// <summary>The output with the class logits of every pixel of the image tensor, (N, K, H, W).</summary>
    public const string LogitsOutput = "out";

    /// <summary>The output with those of a second classifier, where a head has one; training needs it, predicting does not compute it.</summary>
    public const string AuxiliaryOutput = "aux";

    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class.</param>
    /// <exception cref="ArgumentException">There are more classes than a class index of 16 bits can tell apart.</exception>
    public SegmentationTask(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count > ushort.MaxValue + 1)
        {
            throw new ArgumentException($"At most {ushort.MaxValue + 1} classes are supported; found {labels.Count}.", nameof(labels));
        }

        Labels = labels;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels { get; }

    /// <inheritdoc/>
    public override ImagePreprocessing DefaultPreprocessing => ImagePreprocessing.TorchvisionSegmentation();

    /// <inheritdoc/>
    public override IReadOnlyList<string> DecodedOutputs { get; } = [LogitsOutput];

    /// <inheritdoc/>
    public override string Describe() => $"segmentation into {Labels.Count} classes";
}
