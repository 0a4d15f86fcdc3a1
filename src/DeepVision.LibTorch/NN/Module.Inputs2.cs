namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with two inputs.</summary>
        /// <typeparam name="T1">The type of input 1.</typeparam>
        /// <typeparam name="T2">The type of input 2.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<
                Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
                Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            /// <summary>A module without components.</summary>
            /// <param name="name">The kind of module.</param>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>The forward pass, without hooks. Callers use <see cref="call"/>.</summary>
            /// <param name="input1">Input 1.</param>
            /// <param name="input2">Input 2.</param>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs the forward pass with its hooks.</summary>
            /// <param name="input1">Input 1.</param>
            /// <param name="input2">Input 2.</param>
            public TResult call(T1 input1, T2 input2)
            {
                var before = PreHooks;
                if (before != Hooks<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>>.None)
                {
                    before.CallOfModule(this);
                    foreach (var (_, hook) in before.Typed)
                    {
                        if (hook(this, input1, input2) is { } modified)
                        {
                            (input1, input2) = modified;
                        }
                    }
                }

                var result = forward(input1, input2);
                var after = PostHooks;
                if (after != Hooks<Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>.None)
                {
                    foreach (var (_, hook) in after.Typed)
                    {
                        var modified = hook(this, input1, input2, result);
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
