using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Losses.
    public static partial class nn
    {
        /// <summary>The cross-entropy between logits and classes. For label smoothing, use the constructor.</summary>
        /// <param name="weight">(C): the classes' weights, which stay the caller's; or null.</param>
        /// <param name="ignore_index">The class index that does not count, or null.</param>
        /// <param name="reduction">The mean, the sum, or each value.</param>
        public static CrossEntropyLoss CrossEntropyLoss(
            Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
            new(weight, ignore_index, reduction);

        /// <summary>The cross-entropy between log-probabilities and classes.</summary>
        /// <param name="weight">(C): the classes' weights, which stay the caller's; or null.</param>
        /// <param name="reduction">The mean, the sum, or each value.</param>
        public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);

        /// <summary>The cross-entropy of independent yes-or-no answers, given as logits.</summary>
        /// <param name="weight">The weight of each value, which stays the caller's; or null.</param>
        /// <param name="reduction">The mean, the sum, or each value.</param>
        /// <param name="pos_weights">The weight of each class's yes, which stays the caller's; or null.</param>
        public static BCEWithLogitsLoss BCEWithLogitsLoss(
            Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
            new(weight, reduction, pos_weights);

        /// <summary>The squared error.</summary>
        /// <param name="reduction">The mean, the sum, or each value.</param>
        public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);

        /// <summary>The absolute error.</summary>
        /// <param name="reduction">The mean, the sum, or each value.</param>
        public static L1Loss L1Loss(Reduction reduction = Reduction.Mean) => new(reduction);

        /// <summary>The absolute error, and half its square over beta where it is small.</summary>
        /// <param name="reduction">The mean, the sum, or each value.</param>
        /// <param name="beta">Where the square ends.</param>
        public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0) => new(reduction, beta);
    }
}
