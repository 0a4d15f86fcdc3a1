using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Winograd;

/// <summary>The steps of one convolution by Winograd's algorithm: one, or for each round of tiles two.</summary>
/// <param name="PointFloats">Floats of the buffer for the input's points, which serves all rounds; 0 where each item finds its own.</param>
/// <param name="Rounds">How many parts the tiles come in, so that the buffer stays small; 1 without a buffer.</param>
/// <param name="Points">Makes the step that fills the buffer for a round.</param>
/// <param name="Convolution">Makes the step behind it; it gets the buffer, or null where there is none.</param>
internal sealed record WinogradSteps(
    long PointFloats, int Rounds, Func<TensorView, int, Step> Points, Func<TensorView?, int, Step> Convolution);
