using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers and the schedules of their learning rates.</summary>
    public static partial class optim
    {
        /// <summary>
        /// Changes parameters by their gradients. It owns the state it keeps for them, but not the parameters. Not thread-safe.
        /// </summary>
        public abstract partial class Optimizer : IDisposable
        {
            private protected readonly List<ParamGroup> Groups = [];

            private protected Optimizer()
            {
            }

            /// <summary>The groups of parameters, each with its own options.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => Groups;

            /// <summary>The parameters of all groups.</summary>
            public virtual IEnumerable<Parameter> parameters() => Groups.SelectMany(group => group.Parameters);

            /// <summary>Fills the gradients with zeros. Those that are not there stay away.</summary>
            public virtual void zero_grad()
            {
                Parameter[] all = [.. parameters()];
                Tensor.Done(Native.dv_optim_zero_grads(Tensor.HandlesOf(all), all.Length), all);
            }

            /// <summary>Adds a group of parameters. Options it does not state are those of the optimiser.</summary>
            /// <param name="param_group">The group, of this optimiser's kind.</param>
            public virtual void add_param_group(ParamGroup param_group) => Groups.Add(param_group);

            /// <summary>Changes every parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first; null where that is done already.</param>
            /// <returns>The closure's loss, or null without one.</returns>
            public virtual Tensor step(Func<Tensor>? closure = null)
            {
                Tensor? loss = null;
                if (closure is not null)
                {
                    using var grad = enable_grad();
                    loss = closure();
                }

                StepGroups();
                return loss!;
            }

            /// <summary>Disposes the optimiser's state.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the optimiser's state.</summary>
            /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                {
                    DisposeState();
                }
            }

            private protected abstract void StepGroups();

            private protected abstract void DisposeState();
        }
    }
}
