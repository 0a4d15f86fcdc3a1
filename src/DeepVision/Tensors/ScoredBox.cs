namespace DeepVision.Tensors;

/// <summary>What a detector's decoder gives: a box with its class and score, before labels and source coordinates.</summary>
/// <param name="Box">Pixels of the resized image, without padding.</param>
/// <param name="ClassIndex">The index among the head's classes.</param>
/// <param name="Score">0 to 1.</param>
public readonly record struct ScoredBox(Box Box, int ClassIndex, float Score)
{
    /// <summary>The object's points, in the same pixels; null from a detector that finds none. Compared by reference.</summary>
    public IReadOnlyList<Landmark>? Landmarks { get; init; }
}
