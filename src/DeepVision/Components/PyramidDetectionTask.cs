using DeepVision.Tensors;

namespace DeepVision.Components;

/// <summary>Boxes from a detector that scores its classes at each place of one or several feature levels.</summary>
public abstract class PyramidDetectionTask : DetectionTask
{
    private readonly string[] _levels;

    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class.</param>
    /// <param name="levels">The names of the levels, from fine to coarse, like P3.</param>
    protected PyramidDetectionTask(IReadOnlyList<string> labels, IReadOnlyList<string> levels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(levels);
        Labels = labels;
        _levels = [.. levels];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels { get; }

    /// <summary>The names of the levels, from fine to coarse.</summary>
    public IReadOnlyList<string> Levels => _levels;

    /// <inheritdoc/>
    public override string Describe() => $"detection of {Labels.Count} classes";

    /// <summary>
    /// The score of each class at each place of a level, before anything is left out: the one that decoding gives to boxes; the largest
    /// where a place has several anchors.
    /// </summary>
    /// <param name="outputs">The raw outputs by name.</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <param name="level">One of <see cref="Levels"/>.</param>
    /// <returns>(1, K, H, W), 0 to 1, with a plane for each of <see cref="VisionTask.Labels"/>; that of a background, which is never found, holds 0.</returns>
    public abstract HostTensor Scores(IReadOnlyDictionary<string, HostTensor> outputs, int index, string level);
}
