using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>One entry of a PyTorch state dict.</summary>
internal sealed record GoldenKey(string Key, TensorShape Shape, bool IsInteger);
