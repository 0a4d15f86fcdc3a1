namespace DeepVision.Tensors;

/// <summary>How long one stage of processing an image took.</summary>
/// <param name="Stage">The stage's name, such as <c>decode</c> or <c>run</c>.</param>
/// <param name="Elapsed">Wall-clock time.</param>
public readonly record struct StageTiming(string Stage, TimeSpan Elapsed);
