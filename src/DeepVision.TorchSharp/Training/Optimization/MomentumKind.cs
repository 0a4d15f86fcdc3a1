namespace DeepVision.Torch.Training.Optimization;

/// <summary>How <see cref="SgdSpec"/> applies momentum.</summary>
public enum MomentumKind
{
    /// <summary>The step follows the sum of past gradients.</summary>
    Classical,

    /// <summary>Nesterov's: the step looks one momentum ahead.</summary>
    Nesterov,
}
