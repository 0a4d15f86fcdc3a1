using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The cross-entropy between logits and classes.</summary>
public sealed class CrossEntropyLoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss as a module.</summary>
    /// <param name="weight">(C): the classes' weights, which stay the caller's; or null.</param>
    /// <param name="ignore_index">The class index that does not count, or null.</param>
    /// <param name="reduction">The mean, the sum, or each value.</param>
    /// <param name="label_smoothing">How much of each target goes evenly to all classes, from 0 to 1.</param>
    public CrossEntropyLoss(
        Tensor? weight = null, long? ignore_index = null, nn.Reduction reduction = nn.Reduction.Mean, double label_smoothing = 0.0)
        : base(weight, reduction)
    {
        this.ignore_index = ignore_index;
        this.label_smoothing = label_smoothing;
    }

    /// <summary>The class index that does not count, or null.</summary>
    public long? ignore_index { get; }

    /// <summary>How much of each target goes evenly to all classes.</summary>
    public double label_smoothing { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => 
        nn.functional.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
}
