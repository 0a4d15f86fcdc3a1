using DeepVision.Components;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Zoo;

namespace DeepVision.Heads;

/// <summary>One class for the whole image: softmax over the logits.</summary>
public sealed class ClassificationTask : VisionTask
{
    /// <summary>The output with one logit a class, (N, K).</summary>
    public const string LogitsOutput = "logits";

    /// <summary>The output with the vector that the last layer reads, (N, F).</summary>
    public const string EmbeddingOutput = "embedding";

    /// <summary>Creates the task.</summary>
    /// <param name="labels">One name for each class.</param>
    public ClassificationTask(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Labels = labels;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels { get; }

    /// <summary>Whether the model gives <see cref="EmbeddingOutput"/>. Default false.</summary>
    public bool HasEmbedding { get; init; }

    /// <inheritdoc/>
    public override ImagePreprocessing DefaultPreprocessing => ImagePreprocessing.ImageNet;

    /// <inheritdoc/>
    public override string Describe() => $"classification into {Labels.Count} classes";

    /// <summary>The most probable classes of one image.</summary>
    /// <param name="logits">K logits.</param>
    /// <param name="top">How many; at least 1, at most all are given.</param>
    /// <returns>Most probable first; equal ones by index. A NaN counts as minus infinity: its probability is 0.</returns>
    public Classification[] Decode(ReadOnlySpan<float> logits, int top)
    {
        if (logits.Length != Labels.Count)
        {
            throw new ArgumentException($"Expected {Labels.Count} logits; found {logits.Length}.", nameof(logits));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var order = new int[logits.Length];
        var keys = new float[logits.Length];
        float largest = float.NegativeInfinity;
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = float.IsNaN(logits[i]) ? float.NegativeInfinity : logits[i];
            largest = Math.Max(largest, keys[i]);
        }

        // An infinite logit takes all the probability, shared among those that are; without a finite one nothing is probable.
        double sum = 0;
        foreach (float key in keys)
        {
            sum += Exponential(key, largest);
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
        var result = new Classification[Math.Min(top, order.Length)];
        for (int i = 0; i < result.Length; i++)
        {
            int index = order[i];
            result[i] = new Classification(index, Labels[index], sum > 0 ? (float)(Exponential(keys[index], largest) / sum) : 0);
        }

        return result;
    }

    private static double Exponential(float key, float largest) =>
        float.IsInfinity(largest) ? (key == largest && largest > 0 ? 1 : 0) : Math.Exp(key - (double)largest);
}
