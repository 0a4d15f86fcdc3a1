namespace DeepVision.Torch.Training.Optimization;

/// <summary>Which tensors weight decay makes smaller.</summary>
public enum WeightDecayScope
{
    /// <summary>Tensors of more than one dimension: the weights of convolutions and linear layers.</summary>
    Matrices,

    /// <summary>All, biases and norms included.</summary>
    All,
}
