namespace DeepVision.Detections;

/// <summary>
/// A box relative to an anchor, as box regression heads predict it; <see cref="BoxCoder"/> turns one into the other.
/// </summary>
/// <param name="Dx">Shift of the center along x, in anchor widths, times the coder's weight.</param>
/// <param name="Dy">Shift of the center along y, in anchor heights, times the coder's weight.</param>
/// <param name="Dw">Natural logarithm of the ratio of widths, times the coder's weight.</param>
/// <param name="Dh">Natural logarithm of the ratio of heights, times the coder's weight.</param>
public readonly record struct BoxDelta(float Dx, float Dy, float Dw, float Dh);
