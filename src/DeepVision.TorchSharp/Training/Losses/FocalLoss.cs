using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Losses;

/// <summary>
/// The sigmoid focal loss (Lin et al. 2017) of logits of which few are objects. Every logit is first counted as background;
/// the few are then taken out and counted as objects. This needs no dense truth and half the passes over the logits.
/// </summary>
internal static class FocalLoss
{
    /// <summary>The weighted sum.</summary>
    /// <param name="logits">(R, K).</param>
    /// <param name="rowWeights">(R, 1).</param>
    /// <param name="positives">(F): places of the objects' logits in the flattened logits.</param>
    /// <param name="positiveWeights">(F): the weights of their rows.</param>
    /// <param name="alpha">The weight of objects.</param>
    /// <param name="gamma">The exponent.</param>
    public static Tensor Sum(Tensor logits, Tensor rowWeights, Tensor positives, Tensor positiveWeights, double alpha, double gamma)
    {
        Tensor total = (Background(logits, gamma) * rowWeights).sum() * (1 - alpha);
        if (positives.numel() == 0)
        {
            return total;
        }

        Tensor chosen = logits.reshape(-1).index_select(0, positives);
        Tensor asBackground = (Background(chosen, gamma) * positiveWeights).sum() * (1 - alpha);
        Tensor asObjects = (Background(-chosen, gamma) * positiveWeights).sum() * alpha;
        return total - asBackground + asObjects;
    }

    // With p = sigmoid(x): -log(1 - p) p^gamma; for an object the same of -x.
    private static Tensor Background(Tensor logits, double gamma)
    {
        Tensor crossEntropy = nn.functional.softplus(logits);
        return gamma == 0 ? crossEntropy : crossEntropy * logits.sigmoid().pow(gamma);
    }
}
