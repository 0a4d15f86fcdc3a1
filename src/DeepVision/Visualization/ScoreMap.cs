using DeepVision.Detections;
using DeepVision.Models;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Visualization;

/// <summary>
/// Where a dense detector scores a class on one pyramid level: the sigmoid of the largest logit of any anchor at each pixel. For
/// detectors whose raw outputs are logits by level, like RetinaNet.
/// </summary>
public static class ScoreMap
{
    /// <summary>The scores of one image.</summary>
    /// <param name="model">A detector.</param>
    /// <param name="image">The image.</param>
    /// <param name="level">The index of the level, 0 for the finest.</param>
    /// <param name="classIndex">The class; null for the largest of all.</param>
    /// <returns>The scores; the map's largest value stands for the largest score, which the second item states.</returns>
    /// <exception cref="InvalidOperationException">The model is no detector with logits by level.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level or class.</exception>
    public static (ActivationMap Map, float Largest) Explain(CompiledModel model, RgbImage image, int level, int? classIndex = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(image);
        if (model.Task is not DetectionTask { Candidates: { } candidates })
        {
            throw new InvalidOperationException($"'{model.Name}' has no scores by level: its task is {model.Task.Describe()}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, candidates.Levels.Count);
        if (classIndex is { } index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(classIndex));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, candidates.Classes, nameof(classIndex));
        }

        PreparedImage prepared = model.Preprocessing.Prepare(image);
        HostTensor logits = model.Run(prepared)[candidates.Levels[level].Logits];
        float[] scores = Largest(logits, candidates.Classes, classIndex);
        return (new ActivationMap(scores, logits.Shape.Width, logits.Shape.Height, prepared.Geometry), scores.Max());
    }

    private static float[] Largest(HostTensor logits, int classes, int? classIndex)
    {
        int pixels = logits.Shape.Height * logits.Shape.Width;
        var scores = new float[pixels];
        scores.AsSpan().Fill(float.NegativeInfinity);
        for (int channel = 0; channel < logits.Shape.Channels; channel++)
        {
            if (classIndex is { } index && channel % classes != index)
            {
                continue;
            }

            ReadOnlySpan<float> plane = logits.Values.Slice(channel * pixels, pixels);
            for (int p = 0; p < pixels; p++)
            {
                scores[p] = Math.Max(scores[p], plane[p]);
            }
        }

        return Array.ConvertAll(scores, logit => 1 / (1 + MathF.Exp(-logit)));
    }
}
