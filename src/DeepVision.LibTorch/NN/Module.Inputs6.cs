namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with six inputs.</summary>
        /// <typeparam name="T1">The type of input 1.</typeparam>
        /// <typeparam name="T2">The type of input 2.</typeparam>
        /// <typeparam name="T3">The type of input 3.</typeparam>
        /// <typeparam name="T4">The type of input 4.</typeparam>
        /// <typeparam name="T5">The type of input 5.</typeparam>
        /// <typeparam name="T6">The type of input 6.</typeparam>
        /// <typeparam name="TResult">The type of the result.</typeparam>
        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult>
            : HookableModule<
                Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>,
                Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>, IModule<T1, T2, T3, T4, T5, T6,
                TResult>
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
            /// <param name="input3">Input 3.</param>
            /// <param name="input4">Input 4.</param>
            /// <param name="input5">Input 5.</param>
            /// <param name="input6">Input 6.</param>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            /// <summary>Runs the forward pass with its hooks.</summary>
            /// <param name="input1">Input 1.</param>
            /// <param name="input2">Input 2.</param>
            /// <param name="input3">Input 3.</param>
            /// <param name="input4">Input 4.</param>
            /// <param name="input5">Input 5.</param>
            /// <param name="input6">Input 6.</param>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6)
            {
                var before = PreHooks;
                if (before != Hooks<Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>>.None)
                {
                    before.CallOfModule(this);
                    foreach (var (_, hook) in before.Typed)
                    {
                        if (hook(this, input1, input2, input3, input4, input5, input6) is { } modified)
                        {
                            (input1, input2, input3, input4, input5, input6) = modified;
                        }
                    }
                }

                var result = forward(input1, input2, input3, input4, input5, input6);
                var after = PostHooks;
                if (after != Hooks<Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>.None)
                {
                    foreach (var (_, hook) in after.Typed)
                    {
                        var modified = hook(this, input1, input2, input3, input4, input5, input6, result);
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
