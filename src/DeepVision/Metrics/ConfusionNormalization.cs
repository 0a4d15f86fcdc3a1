namespace DeepVision.Metrics;

/// <summary>What the counts of a confusion matrix are divided by.</summary>
public enum ConfusionNormalization
{
    /// <summary>The samples of the actual class: rows add up to 1, the diagonal is recall.</summary>
    ByActual,

    /// <summary>The samples given the predicted class: columns add up to 1, the diagonal is precision.</summary>
    ByPredicted,

    /// <summary>All samples.</summary>
    ByTotal,
}
