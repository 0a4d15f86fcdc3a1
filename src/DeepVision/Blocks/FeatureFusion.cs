using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>How a neck makes one map of several.</summary>
public enum FeatureFusion
{
    /// <summary>Their sum: the channels stay.</summary>
    Add,

    /// <summary>Their channels one after the other, and a 1x1 convolution back to the neck's channels.</summary>
    Concatenate,

    /// <summary>Their sum with learned weights that are not negative and sum to about 1.</summary>
    Weighted,
}
