using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>The options of a group. What is null becomes the optimiser's when the group is added.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>The share of the last step that goes into the next; 0 for none.</summary>
        public double? momentum;

        /// <summary>The share of the gradient that does not go into the momentum.</summary>
        public double? dampening;

        /// <summary>The share of the parameter that is added to its gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether the gradient is taken where the momentum leads.</summary>
        public bool? nesterov;

        /// <summary>Whether the loss is to grow.</summary>
        public bool? maximize;

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
            (nesterov, maximize) = (other.nesterov, other.maximize);
        }
    }

    /// <summary>Parameters that are treated alike.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IMomentum
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
        /// <param name="momentum">The share of the last step that goes into the next; 0 for none.</param>
        /// <param name="dampening">The share of the gradient that does not go into the momentum.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="nesterov">Whether the gradient is taken where the momentum leads.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
