using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Modules made of modules.
    public static partial class nn
    {
        /// <summary>An empty chain.</summary>
        public static Sequential Sequential() => new();

        /// <summary>A chain of named modules.</summary>
        /// <param name="modules">The modules, which belong to the chain from now on.</param>
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
            Sequential((IEnumerable<(string name, Module<Tensor, Tensor> submodule)>)modules);

        /// <summary>A chain of modules, named by their places.</summary>
        /// <param name="modules">The modules, which belong to the chain from now on.</param>
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
            Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

        /// <summary>A chain of named modules.</summary>
        /// <param name="modules">The modules, which belong to the chain from now on.</param>
        public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
        {
            var chain = new Sequential();
            foreach (var (childName, module) in modules)
            {
                chain.append(childName, module);
            }

            return chain;
        }

        /// <summary>A chain of modules, named by their places.</summary>
        /// <param name="modules">The modules, which belong to the chain from now on.</param>
        public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
        {
            var chain = new Sequential();
            foreach (var module in modules)
            {
                chain.append(module);
            }

            return chain;
        }

        /// <summary>A list of modules.</summary>
        /// <param name="modules">The modules.</param>
        public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

        /// <summary>A list of modules.</summary>
        /// <typeparam name="T">The type of the modules.</typeparam>
        /// <param name="modules">The modules.</param>
        public static ModuleList<T> ModuleList<T>(params T[] modules)
            where T : Module => new(modules);

        /// <summary>Modules by name.</summary>
        /// <param name="modules">The names and modules.</param>
        public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

        /// <summary>Modules by name.</summary>
        /// <typeparam name="T">The type of the modules.</typeparam>
        /// <param name="modules">The names and modules.</param>
        public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
            where T : Module
        {
            var named = new ModuleDict<T>();
            foreach (var item in modules)
            {
                named.Add(item);
            }

            return named;
        }
    }
}
