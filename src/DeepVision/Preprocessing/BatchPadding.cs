namespace DeepVision.Preprocessing;

/// <summary>How images of different prepared sizes are padded when they are planned together.</summary>
public enum BatchPadding
{
    /// <summary>
    /// Each image is padded as if it were alone; the caller runs images of equal shape together. An image's result does
    /// not depend on its neighbors.
    /// </summary>
    ByShape,

    /// <summary>
    /// Each image is padded to the largest height and the largest width of the batch, rounded up to the size divisor, as
    /// torchvision's detectors do.
    /// </summary>
    LikeTorchvision,
}
