using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>What is kept for a parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>The momentum: of the parameter's shape, null before the first step that needs it.</summary>
        public Tensor? momentum_buffer;

        /// <summary>The state for a parameter.</summary>
        /// <param name="parameter">The parameter.</param>
        public State(Parameter parameter)
            : base(parameter)
        {
        }

        /// <inheritdoc/>
        public void Dispose() => DisposeTensors();

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options) => Replace(ref momentum_buffer, null);

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source) => Replace(ref momentum_buffer, Copy(((State)source).momentum_buffer));

        /// <inheritdoc/>
        public override void to(Device device) => Replace(ref momentum_buffer, momentum_buffer?.to(device));

        internal override void DisposeTensors() => Replace(ref momentum_buffer, null);
    }
}
