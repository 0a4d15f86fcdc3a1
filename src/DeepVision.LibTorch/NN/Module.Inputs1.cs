namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with one input.</summary>
        /// <typeparam name="T">The type of the input.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public abstract class Module<T, TResult>
            : HookableModule<
                Func<Module<T, TResult>, T, T>,
                Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            /// <summary>A module without components.</summary>
            /// <param name="name">The kind of module.</param>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>The forward pass, without hooks. Callers use <see cref="call"/>.</summary>
            /// <param name="input">The input.</param>
            public abstract TResult forward(T input);

            /// <summary>Runs the forward pass with its hooks.</summary>
            /// <param name="input">The input.</param>
            public TResult call(T input)
            {
                var before = PreHooks;
                if (before != Hooks<Func<Module<T, TResult>, T, T>>.None)
                {
                    before.CallOfModule(this);
                    foreach (var (_, hook) in before.Typed)
                    {
                        var modified = hook(this, input);
                        if (modified is not null)
                        {
                            input = modified;
                        }
                    }
                }

                var result = forward(input);
                var after = PostHooks;
                if (after != Hooks<Func<Module<T, TResult>, T, TResult, TResult>>.None)
                {
                    foreach (var (_, hook) in after.Typed)
                    {
                        var modified = hook(this, input, result);
                        if (modified is not null)
                        {
                            result = modified;
                        }
                    }

                    after.CallOfModule(this);
                }

                return result;
            }
        }
    }
}
