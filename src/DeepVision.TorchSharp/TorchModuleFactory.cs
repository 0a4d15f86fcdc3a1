using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>
/// Makes a user's own module for an opaque node of a graph: the implementation of an
/// <see cref="Graphs.Operations.OpaqueOperation"/> on TorchSharp. Each model that is built from the graph gets a module of its
/// own, which it owns and disposes. One factory for several nodes at one path, with the same inputs, stands for one module with
/// several outputs.
/// </summary>
/// <remarks>
/// What makes the module gives a new one in each call. It may give one that exists already, trained elsewhere, as long as one
/// model is built with it: a second model that gets the same module is a <see cref="ModelBuildException"/>. A component's probe run
/// disposes nothing: the module that it looked at goes to the first model.
/// </remarks>
public sealed class TorchModuleFactory
{
    // The modules that went to a model, from whatever factory.
    private static readonly ConditionalWeakTable<nn.Module, object> s_owned = [];

    private readonly Lock _lock = new();
    private readonly Func<nn.Module> _create;
    private nn.Module? _probed;

    private TorchModuleFactory(Func<nn.Module> create) => _create = create;

    /// <summary>A module from one tensor to one.</summary>
    /// <param name="create">Makes it; see the remarks.</param>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor, Tensor>> create) => Checked(create);

    /// <summary>A module from one tensor to several, like a backbone with several features.</summary>
    /// <param name="create">Makes it; see the remarks.</param>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor, Tensor[]>> create) => Checked(create);

    /// <summary>A module from several tensors to one.</summary>
    /// <param name="create">Makes it; see the remarks.</param>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor[], Tensor>> create) => Checked(create);

    /// <summary>A module from several tensors to several, like a neck.</summary>
    /// <param name="create">Makes it; see the remarks.</param>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor[], Tensor[]>> create) => Checked(create);

    /// <summary>A module to look at, which stays the factory's until a model gets it.</summary>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelBuildException">There is no module, or a model has it.</exception>
    internal nn.Module Probe(string name)
    {
        lock (_lock)
        {
            return _probed ??= Make(name);
        }
    }

    /// <summary>A module for a model, which owns it from then on.</summary>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelBuildException">There is no module, or another model has it.</exception>
    internal nn.Module Create(string name)
    {
        lock (_lock)
        {
            nn.Module module = _probed ?? Make(name);
            _probed = null;
            return s_owned.TryAdd(module, s_owned) ? module : throw IsOwned(name, module);
        }
    }

    private static TorchModuleFactory Checked(Func<nn.Module> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new TorchModuleFactory(create);
    }

    private static ModelBuildException IsOwned(string name, nn.Module module) =>
        new($"{name}: the factory gave a {module.GetType().Name} that another model has, which disposes it; make a new module in each call.") { Component = name };

    private nn.Module Make(string name)
    {
        nn.Module module = _create() ?? throw new ModelBuildException($"{name}: the factory gave no module but null.") { Component = name };
        return s_owned.TryGetValue(module, out _) ? throw IsOwned(name, module) : module;
    }
}
