namespace DeepVision.Detections;

/// <summary>One place, anchor and class of a feature level whose score passed the threshold.</summary>
/// <param name="Score">The score, 0 to 1.</param>
/// <param name="Index">
/// Where: the element's number in torchvision's flattened order (H, W, A, K), see <see cref="LevelLayout"/>.
/// </param>
public readonly record struct Candidate(float Score, int Index);
