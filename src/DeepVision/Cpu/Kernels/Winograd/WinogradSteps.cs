using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>The steps of one convolution by Winograd's algorithm.</summary>
/// <param name="PointFloats">Floats of the buffer for the input's points; 0 where each item finds its own.</param>
/// <param name="Points">Makes the step that fills the buffer.</param>
/// <param name="Convolution">Makes the step behind it; it gets the buffer, or null where there is none.</param>
internal sealed record WinogradSteps(long PointFloats, Func<TensorView, Step> Points, Func<TensorView?, Step> Convolution);
