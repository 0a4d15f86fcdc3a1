using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>One of the maps that a layer turns into others with the same weights: a level of a pyramid, as a rule the only one.</summary>
/// <param name="Input">What is read.</param>
/// <param name="Output">What is written.</param>
/// <param name="Residual">What is added, or null; all maps of a layer have one, or none has.</param>
/// <param name="IsPooled">Whether the output is the largest of each two by two pixels of what the layer makes.</param>
internal readonly record struct ConvolutionMap(TensorView Input, TensorView Output, TensorView? Residual, bool IsPooled = false);
