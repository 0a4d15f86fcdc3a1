namespace DeepVision.Torch.Training.Evaluations;

/// <summary>How good a network is on examples that it did not learn from.</summary>
/// <param name="Name">The figure that decides, like <c>top1</c>.</param>
/// <param name="Value">Its value; higher is better. NaN is never best.</param>
public sealed record Measurement(string Name, double Value)
{
    /// <summary>Further figures, for the report.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Others { get; init; } = [];
}
