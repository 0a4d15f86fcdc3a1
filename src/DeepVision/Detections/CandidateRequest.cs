namespace DeepVision.Detections;

/// <summary>What a detector's decoder wants picked of the raw outputs, for engines that pick where their outputs lie.</summary>
public sealed class CandidateRequest
{
    /// <summary>The outputs with the logits and the deltas of each level, from fine to coarse.</summary>
    public required IReadOnlyList<(string Logits, string Deltas)> Levels { get; init; }

    /// <summary>K, the classes that the head scores.</summary>
    public required int Classes { get; init; }

    /// <summary>Which logits can become candidates, and how many of a level are kept.</summary>
    public required CandidateSelector Selector { get; init; }
}
