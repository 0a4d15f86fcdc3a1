namespace DeepVision.Detections;

/// <summary>Which boxes compete with each other.</summary>
public enum NmsScope
{
    /// <summary>Boxes of the same class: exactly as if each class were treated alone.</summary>
    PerClass,

    /// <summary>All boxes, whatever their class.</summary>
    AllClasses,

    /// <summary>
    /// Boxes of the same class, with the rounding of <c>torchvision.ops.batched_nms</c>: up to 1000 boxes are moved apart
    /// by an offset for each class, in float32, which changes IoUs a little (by up to about 1e-3 for 90 classes and images
    /// of 1300 pixels) and so decides differently very near the threshold; more than 1000 are treated as in
    /// <see cref="PerClass"/>. For parity with torchvision on a CPU. Only with <see cref="NmsMethod.Hard"/>.
    /// </summary>
    PerClassLikeTorchvision,
}
