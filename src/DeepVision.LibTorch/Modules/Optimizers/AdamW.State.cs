using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class AdamW
{
    /// <summary>What is kept for a parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps were taken.</summary>
        public long step;

        /// <summary>The average of the gradients, of the parameter's shape.</summary>
        public Tensor? exp_avg;

        /// <summary>The average of their squares, of the parameter's shape.</summary>
        public Tensor? exp_avg_sq;

        /// <summary>The largest average of the squares so far, or null where it does not count.</summary>
        public Tensor? max_exp_avg_sq;

        /// <summary>The state for a parameter.</summary>
        /// <param name="parameter">The parameter.</param>
        public State(Parameter parameter)
            : base(parameter)
        {
        }

        /// <inheritdoc/>
        public void Dispose() => DisposeTensors();

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Replace(ref exp_avg, Zeros());
            Replace(ref exp_avg_sq, Zeros());
            Replace(ref max_exp_avg_sq, ((Options)options).amsgrad == true ? Zeros() : null);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Replace(ref exp_avg, Copy(other.exp_avg));
            Replace(ref exp_avg_sq, Copy(other.exp_avg_sq));
            Replace(ref max_exp_avg_sq, Copy(other.max_exp_avg_sq));
        }

        /// <inheritdoc/>
        public override void to(Device device)
        {
            Replace(ref exp_avg, exp_avg?.to(device));
            Replace(ref exp_avg_sq, exp_avg_sq?.to(device));
            Replace(ref max_exp_avg_sq, max_exp_avg_sq?.to(device));
        }

        internal override void DisposeTensors()
        {
            Replace(ref exp_avg, null);
            Replace(ref exp_avg_sq, null);
            Replace(ref max_exp_avg_sq, null);
        }
    }
}
