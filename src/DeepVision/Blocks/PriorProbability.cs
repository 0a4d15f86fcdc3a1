using DeepVision.Graphs.Initialization;

namespace DeepVision.Blocks;

/// <summary>
/// The share of places that a fresh classifier calls an object, 0.01: most are background, and training starts calmly when the network
/// says so (Lin et al. 2017, as in RetinaNet, FCOS and YOLOX).
/// </summary>
internal static class PriorProbability
{
    private const double Share = 0.01;

    /// <summary>For the bias of logits.</summary>
    internal static Initializer Bias { get; } = Initializer.Constant((float)-Math.Log((1 - Share) / Share));
}
