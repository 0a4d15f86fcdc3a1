namespace DeepVision.Backbones;

/// <summary>Where a MobileNetV3 gives its features.</summary>
public enum MobileNetV3Taps
{
    /// <summary>
    /// C2 to C5: the last block on each stride. What the official classifier reads, a 1x1 convolution behind C5, is left out of
    /// models with another head.
    /// </summary>
    StageEnds,

    /// <summary>
    /// C1, the stem; C2 to C5, the blocks with a stride, so the first of each stage; and <c>final</c>, the 1x1 convolution behind the
    /// last block, on C5's stride. torchvision's Faster R-CNN takes C5 and <c>final</c>, its segmentation models C3 and <c>final</c>.
    /// </summary>
    StridedBlocks,

    /// <summary>
    /// C4, to what the last block with a stride expands its input; and C5, the 1x1 convolution behind the last block. Parameters
    /// are named as in torchvision's SSDLite, which splits the network there: <c>0.13.0.weight</c>, <c>1.0.1.0.weight</c>.
    /// </summary>
    Expansion,
}
