namespace DeepVision.Detections;

/// <summary>What happens to a box that overlaps a better one.</summary>
public enum NmsMethod
{
    /// <summary>It is dropped when the IoU is above the threshold.</summary>
    Hard,

    /// <summary>Its score is multiplied by <c>1 - IoU</c> when the IoU is above the threshold (Bodla et al., 2017).</summary>
    SoftLinear,

    /// <summary>Its score is multiplied by <c>exp(-IoU^2 / sigma)</c> (Bodla et al., 2017); the threshold plays no part.</summary>
    SoftGaussian,
}
