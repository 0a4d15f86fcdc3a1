using DeepVision.Tensors;

namespace DeepVision.Detections;

/// <summary>Scores of all places of a level from the logits of its anchors, (A * K, H, W): for each class the largest of a place.</summary>
internal static class PlaceScores
{
    /// <summary>Each class by itself.</summary>
    /// <param name="logits">(N, A * K, H, W).</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <param name="classes">K.</param>
    /// <returns>(1, K, H, W).</returns>
    internal static HostTensor Sigmoid(HostTensor logits, int index, int classes) => Largest(logits, index, classes, row =>
    {
        for (int k = 0; k < row.Length; k++)
        {
            row[k] = Logistic.Sigmoid(row[k]);
        }
    });

    /// <summary>The classes of an anchor against each other.</summary>
    /// <param name="logits">(N, A * K, H, W).</param>
    /// <param name="index">The image's index in the batch.</param>
    /// <param name="classes">K.</param>
    /// <returns>(1, K, H, W).</returns>
    internal static HostTensor Softmax(HostTensor logits, int index, int classes) => Largest(logits, index, classes, ChannelProbabilities.Softmax);

    /// <summary>Combines the scores of each class with a logit of the place.</summary>
    /// <param name="scores">(1, K, H, W); changed in place.</param>
    /// <param name="places">The image's logits, (1, H, W).</param>
    /// <param name="combine">Gives the new score for a score and the sigmoid of a logit.</param>
    internal static HostTensor Combine(HostTensor scores, ReadOnlySpan<float> places, Func<float, float, float> combine)
    {
        for (int i = 0; i < scores.Values.Length; i++)
        {
            scores.Values[i] = combine(scores.Values[i], Logistic.Sigmoid(places[i % places.Length]));
        }

        return scores;
    }

    private static HostTensor Largest(HostTensor logits, int index, int classes, RowScorer score)
    {
        ReadOnlySpan<float> values = logits.Item(index);
        var scores = new HostTensor(new TensorShape(1, classes, logits.Shape.Height, logits.Shape.Width));
        int places = logits.Shape.Height * logits.Shape.Width;
        var row = new float[classes];
        for (int a = 0; a < logits.Shape.Channels / classes; a++)
        {
            for (int place = 0; place < places; place++)
            {
                for (int k = 0; k < classes; k++)
                {
                    row[k] = values[(((a * classes) + k) * places) + place];
                }

                score(row);
                for (int k = 0; k < classes; k++)
                {
                    ref float largest = ref scores.Values[(k * places) + place];
                    largest = Math.Max(largest, row[k]);
                }
            }
        }

        return scores;
    }

    private delegate void RowScorer(Span<float> row);
}
