namespace DeepVision.Imaging.Drawing;

/// <summary>A box to draw on an image. NaN and infinite corners are not drawn; parts outside the image are cut off.</summary>
/// <param name="X1">Left edge in pixels from the image's left side.</param>
/// <param name="Y1">Top edge in pixels from the image's top.</param>
/// <param name="X2">Right edge; may be left of <paramref name="X1"/>.</param>
/// <param name="Y2">Bottom edge; may be above <paramref name="Y1"/>.</param>
/// <param name="Label">Text at the box; may be empty. Other characters than ASCII show as '?'.</param>
/// <param name="ColorIndex">Usually the class index: the same index always has the same color.</param>
public readonly record struct BoxAnnotation(float X1, float Y1, float X2, float Y2, string Label, int ColorIndex);
