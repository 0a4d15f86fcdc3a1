namespace DeepVision.Backbones;

/// <summary>Whose checkpoints a ShuffleNetV2 reads: parameter names, and where its units shuffle.</summary>
public enum ShuffleNetV2Naming
{
    /// <summary>torchvision's: <c>conv1</c>, <c>branch1</c>, <c>branch2</c>; each unit shuffles what it gives.</summary>
    Torchvision,

    /// <summary>
    /// FastestDet's, from the paper's own code: <c>first_conv</c>, <c>branch_proj</c>, <c>branch_main</c>; a unit without a stride
    /// takes every second channel of what it is given, so the last unit's output is not shuffled.
    /// </summary>
    FastestDet,
}
