namespace DeepVision.Necks;

/// <summary>What an FPN adds above its coarsest level.</summary>
public enum FpnExtraLevels
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One level: every second pixel of the coarsest, as Faster R-CNN's FPN.</summary>
    MaxPool,

    /// <summary>Two levels by stride-2 convolutions, the first over the backbone's coarsest map: RetinaNet v2.</summary>
    P6P7FromBackbone,

    /// <summary>Two levels by stride-2 convolutions, the first over the pyramid's coarsest map: RetinaNet v1.</summary>
    P6P7FromPyramid,
}
