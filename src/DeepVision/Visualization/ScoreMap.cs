using DeepVision.Components;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Visualization;

/// <summary>
/// Where a dense detector scores a class on one level: at each place the score that decoding gives to boxes, the largest of its anchors.
/// For detectors with a <see cref="PyramidDetectionTask"/>: FastestDet, FCOS, RetinaFace, RetinaNet, SSD and YOLOX. Faster R-CNN
/// scores regions and has none.
/// </summary>
public static class ScoreMap
{
    /// <summary>The scores of one image.</summary>
    /// <param name="model">A detector.</param>
    /// <param name="image">The image.</param>
    /// <param name="level">The index of the level, 0 for the finest.</param>
    /// <param name="classIndex">The class, an index into the labels; null for the largest of all.</param>
    /// <returns>The map, and the score that its largest value stands for.</returns>
    /// <exception cref="InvalidOperationException">The model's detector does not score places, or it does not detect.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level or class.</exception>
    public static LevelScores Explain(CompiledModel model, RgbImage image, int level, int? classIndex = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(image);
        if (model.Task is not PyramidDetectionTask task)
        {
            throw new InvalidOperationException($"'{model.Name}' has no scores by level: its task is {model.Task.Describe()}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, task.Levels.Count);
        if (classIndex is { } index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(classIndex));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, task.Labels.Count, nameof(classIndex));
        }

        PreparedImage prepared = model.Preprocessing.Prepare(image);
        HostTensor scores = task.Scores(model.Run(prepared), 0, task.Levels[level]);
        float[] map = Largest(scores, classIndex);
        return new LevelScores(new ActivationMap(map, scores.Shape.Width, scores.Shape.Height, prepared.Geometry), map.Max());
    }

    private static float[] Largest(HostTensor scores, int? classIndex)
    {
        int places = scores.Shape.Height * scores.Shape.Width;
        if (classIndex is { } index)
        {
            return scores.Values.Slice(index * places, places).ToArray();
        }

        var largest = new float[places];
        for (int i = 0; i < scores.Values.Length; i++)
        {
            largest[i % places] = Math.Max(largest[i % places], scores.Values[i]);
        }

        return largest;
    }
}
