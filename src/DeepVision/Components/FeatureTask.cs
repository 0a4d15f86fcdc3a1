using DeepVision.Preprocessing;
using DeepVision.Zoo;

namespace DeepVision.Components;

/// <summary>No answer, only features: a model without a head.</summary>
internal sealed class FeatureTask : VisionTask
{
    /// <inheritdoc/>
    public override ImagePreprocessing DefaultPreprocessing => ImagePreprocessing.ImageNet;

    /// <inheritdoc/>
    public override string Describe() => "feature extraction";
}
