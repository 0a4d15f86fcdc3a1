namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that calls functions before and after its forward pass, in the order in which they were registered.</summary>
        /// <typeparam name="TPreHook">A function that gets the module and its inputs and may return others.</typeparam>
        /// <typeparam name="TPostHook">A function that gets the module, its inputs and its result and may return another.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            // Replaced, never changed in place: a call that is under way goes on with the hooks it began with.
            private protected Hooks<TPreHook> PreHooks = Hooks<TPreHook>.None;
            private protected Hooks<TPostHook> PostHooks = Hooks<TPostHook>.None;

            /// <summary>A module without hooks.</summary>
            /// <param name="name">The kind of module.</param>
            protected HookableModule(string name)
                : base(name)
            {
            }

            /// <summary>Calls a function after each forward pass; what it returns stands for the result unless it is null.</summary>
            /// <param name="hook">The function.</param>
            /// <returns>What takes the hook away again.</returns>
            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = NewKey();
                PostHooks = PostHooks.With(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Calls a function before each forward pass; what it returns stands for the inputs unless it is null.</summary>
            /// <param name="hook">The function.</param>
            /// <returns>What takes the hook away again.</returns>
            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                var key = NewKey();
                PreHooks = PreHooks.With(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Calls a function with the module after each forward pass, after the hooks that see the result.</summary>
            /// <param name="hook">The function.</param>
            /// <returns>What takes the hook away again.</returns>
            public HookRemover register_forward_hook(Action<Module> hook)
            {
                var key = NewKey();
                PostHooks = PostHooks.With(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Calls a function with the module before each forward pass, before the hooks that see the inputs.</summary>
            /// <param name="hook">The function.</param>
            /// <returns>What takes the hook away again.</returns>
            public HookRemover register_forward_pre_hook(Action<Module> hook)
            {
                var key = NewKey();
                PreHooks = PreHooks.With(key, hook);
                return new HookRemover(this, key);
            }

            private static string NewKey() => Guid.NewGuid().ToString();

            /// <summary>Takes one hook away.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                /// <summary>For one hook of one module.</summary>
                /// <param name="module">The module.</param>
                /// <param name="key">The hook's key.</param>
                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                /// <summary>Takes the hook away; a second call does nothing.</summary>
                public void remove()
                {
                    _module.PreHooks = _module.PreHooks.Without(_key);
                    _module.PostHooks = _module.PostHooks.Without(_key);
                }
            }
        }
    }
}
