namespace DeepVision.Torch;

/// <summary>What becomes of batch norms when a model only predicts.</summary>
public enum TorchBatchNorm
{
    /// <summary>Folded into the convolutions before them, in float64 and rounded once.</summary>
    Folded,

    /// <summary>Layers of their own, as in training.</summary>
    Separate,
}
