namespace DeepVision.Preprocessing;

/// <summary>
/// How an image is resampled. Each kind reproduces one widely used implementation, since a model's accuracy depends on
/// being given what it was trained with.
/// </summary>
public enum Interpolation
{
    /// <summary>
    /// Triangle filter widened by the reduction factor, in 8-bit fixed point: Pillow's <c>BILINEAR</c>, bit for bit.
    /// Torchvision's classification presets use it.
    /// </summary>
    BilinearAntialias,

    /// <summary>Cubic filter (a = -0.5) widened by the reduction factor: Pillow's <c>BICUBIC</c>, bit for bit.</summary>
    BicubicAntialias,

    /// <summary>Three-lobed Lanczos filter widened by the reduction factor: Pillow's <c>LANCZOS</c>.</summary>
    LanczosAntialias,

    /// <summary>The pixel under the center of each output pixel: Pillow's <c>NEAREST</c>, bit for bit.</summary>
    Nearest,

    /// <summary>
    /// Four neighbors, no antialiasing, float32, after normalization: PyTorch's <c>interpolate(mode="bilinear",
    /// align_corners=False)</c>, as torchvision's detectors use it.
    /// </summary>
    BilinearFloat,

    /// <summary>
    /// Four neighbors, no antialiasing, 8-bit pixels with 11-bit weights: OpenCV's <c>INTER_LINEAR</c>, as YOLO-style
    /// letterboxes use it.
    /// </summary>
    BilinearFixedPoint,
}
