namespace DeepVision.Weights;

/// <summary>A key that only one side has.</summary>
/// <param name="Key">The key.</param>
/// <param name="Nearest">The nearest unmatched key of the other side; null where none is near.</param>
public sealed record UnmatchedKey(string Key, string? Nearest);
