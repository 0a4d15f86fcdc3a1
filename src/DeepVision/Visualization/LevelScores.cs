namespace DeepVision.Visualization;

/// <summary>Where a detector scores on one pyramid level.</summary>
/// <param name="Map">The scores, stretched so that the largest is 1.</param>
/// <param name="Largest">The largest score, 0 to 1.</param>
public sealed record LevelScores(ActivationMap Map, float Largest);
