using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>A key that both sides have, with different shapes.</summary>
/// <param name="Key">The model's key.</param>
/// <param name="Expected">The model's shape.</param>
/// <param name="Found">The file's shape.</param>
public sealed record WrongShape(string Key, TensorShape Expected, TensorShape Found);
