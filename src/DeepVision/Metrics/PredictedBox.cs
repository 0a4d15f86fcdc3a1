using DeepVision.Tensors;

namespace DeepVision.Metrics;

/// <summary>One detection to be judged.</summary>
/// <param name="Box">Its box in pixels; finite, with sides of 0 or more.</param>
/// <param name="ClassIndex">Its class, 0 or more.</param>
/// <param name="Score">Its confidence, finite; higher is surer.</param>
public sealed record PredictedBox(Box Box, int ClassIndex, float Score);
