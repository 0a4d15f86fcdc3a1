using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A module without parameters and buffers, of its own or below it.</summary>
/// <typeparam name="T1">The type of the input.</typeparam>
/// <typeparam name="TResult">The type of the result.</typeparam>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    /// <summary>A module without components.</summary>
    /// <param name="name">The kind of module.</param>
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    /// <summary>Cannot be done.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tensor">The buffer.</param>
    /// <param name="persistent">Whether it is saved.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw new InvalidOperationException($"{GetName()} is a module without buffers; '{name}' cannot be registered.");

    /// <summary>Cannot be done.</summary>
    /// <param name="name">The name.</param>
    /// <param name="param">The parameter.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter param) =>
        throw new InvalidOperationException($"{GetName()} is a module without parameters; '{name}' cannot be registered.");

    /// <summary>Registers a submodule that has no parameters and buffers either.</summary>
    /// <param name="name">Its name: not empty, without dots, not taken.</param>
    /// <param name="submodule">The submodule, which belongs to this module from now on.</param>
    /// <exception cref="InvalidOperationException">The submodule may have parameters, or the name is taken.</exception>
    public override void register_module(string name, nn.Module submodule)
    {
        if (submodule is not null and not IParameterLessModule)
        {
            throw new InvalidOperationException($"{GetName()} is a module without parameters; '{name}' may have some and cannot be registered.");
        }

        base.register_module(name, submodule!);
    }

    // Nothing here or below can be moved.
    private protected override void Move(ScalarType? dtype, Device? device, bool nonBlocking)
    {
    }
}
