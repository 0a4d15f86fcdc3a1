namespace DeepVision.Detections;

/// <summary>A box that survived suppression.</summary>
/// <param name="Index">Its position in the input.</param>
/// <param name="Score">Its score: the input's, or a lower one under the soft methods.</param>
public readonly record struct KeptBox(int Index, float Score);
