namespace DeepVision.Detections;

/// <summary>Probabilities from the logits of one place.</summary>
internal static class ChannelProbabilities
{
    /// <summary>Replaces logits by their softmax. A NaN among them makes all of them NaN.</summary>
    public static void Softmax(Span<float> values)
    {
        float largest = float.NegativeInfinity;
        foreach (float value in values)
        {
            largest = MathF.Max(largest, value);
        }

        float sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Logistic.Exp(values[i] - largest);
            sum += values[i];
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= sum;
        }
    }
}
