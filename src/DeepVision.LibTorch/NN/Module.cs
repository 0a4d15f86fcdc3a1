using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// The base of every network part: a tree of named submodules, parameters and buffers. A module owns what is registered in it
        /// and disposes it with itself. Not thread-safe while it is changed; calling it from several threads is safe when its forward pass
        /// is.
        /// </summary>
        public partial class Module : IDisposable
        {
            /// <summary>The name given to the constructor: that of the kind of module, not of its place in the tree.</summary>
            protected string? name;

            private readonly OrderedDictionary<string, Module> _submodules = [];
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private bool _training = true;
            private bool _disposed;

            /// <summary>A module without components, in training mode.</summary>
            /// <param name="name">The kind of module, as <see cref="GetName"/> returns it.</param>
            protected Module(string name) => this.name = name;

            /// <summary>Whether dropout drops and batch norm takes the statistics of its batch. True until <see cref="eval"/>.</summary>
            public virtual bool training => _training;

            /// <summary>The kind of module, as given to the constructor.</summary>
            public virtual string GetName() => name ?? GetType().Name;

            /// <summary>Puts this module and all below it into training or evaluation mode.</summary>
            /// <param name="train">True for training.</param>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children())
                {
                    child.train(train);
                }
            }

            /// <summary>Puts this module and all below it into evaluation mode.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls a function for every module of the tree, children before their parents.</summary>
            /// <param name="fn">Called once for each place in the tree.</param>
            /// <returns>This module.</returns>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children())
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>Clears the gradients of all parameters.</summary>
            /// <param name="set_to_none">True to drop the gradients, false to fill them with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var grad = parameter.grad;
                    if (grad is null)
                    {
                        continue;
                    }

                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        grad.zero_();
                    }
                }
            }

            /// <summary>Disposes the parameters, the listed buffers and the submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes what the module owns.</summary>
            /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed)
                {
                    return;
                }

                _disposed = true;
                foreach (var (tensor, persistent) in _buffers.Values)
                {
                    if (persistent)
                    {
                        tensor.Dispose();
                    }
                }

                foreach (var parameter in _parameters.Values)
                {
                    parameter.Dispose();
                }

                foreach (var (_, child) in named_children())
                {
                    child.Dispose();
                }
            }
        }
    }
}
