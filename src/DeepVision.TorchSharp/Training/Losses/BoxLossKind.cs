namespace DeepVision.Torch.Training.Losses;

/// <summary>How a predicted box is compared with the true one.</summary>
public enum BoxLossKind
{
    /// <summary>The sum of the absolute differences of the four deltas: torchvision's for RetinaNet.</summary>
    L1,

    /// <summary>The same, but quadratic below <see cref="RetinaNetLossOptions.SmoothL1Beta"/>.</summary>
    SmoothL1,

    /// <summary>1 less the generalized IoU (Rezatofighi et al. 2019) of the decoded box with the true one.</summary>
    Giou,
}
