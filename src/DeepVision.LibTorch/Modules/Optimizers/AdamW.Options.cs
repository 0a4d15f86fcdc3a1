using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class AdamW
{
    /// <summary>The options of a group. What is null becomes the optimiser's when the group is added.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>The share of the gradients' average that stays at each step.</summary>
        public double? beta1;

        /// <summary>The share of the average of their squares that stays.</summary>
        public double? beta2;

        /// <summary>The share of the learning rate by which the parameter shrinks at each step.</summary>
        public double? weight_decay;

        /// <summary>What is added to the root of the squares' average.</summary>
        public double? eps;

        /// <summary>Whether the largest average of the squares so far counts.</summary>
        public bool? amsgrad;

        /// <summary>Whether the loss is to grow.</summary>
        public bool? maximize;

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
            (amsgrad, maximize) = (other.amsgrad, other.maximize);
        }
    }

    /// <summary>Parameters that are treated alike.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IBetas
    {
        /// <summary>An empty group without options.</summary>
        public ParamGroup()
        {
        }

        /// <summary>A group.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="options">Their options.</param>
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options)
            : base(parameters, options)
        {
        }

        /// <summary>A group that states all its options.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
        /// <param name="beta2">The share of the average of their squares that stays.</param>
        /// <param name="eps">What is added to the root of the squares' average.</param>
        /// <param name="weight_decay">The share of the learning rate by which the parameter shrinks at each step.</param>
        /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }
}
