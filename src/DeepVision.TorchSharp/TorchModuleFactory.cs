using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch;

/// <summary>
/// Makes a user's own module for an opaque node of a graph: the implementation of an
/// <see cref="Graphs.Operations.OpaqueOperation"/> on TorchSharp. Each model that is built from the graph gets a module of its
/// own, which it owns. One factory for several nodes at one path, with the same inputs, stands for one module with several
/// outputs.
/// </summary>
public sealed class TorchModuleFactory
{
    private readonly Func<nn.Module> _create;

    private TorchModuleFactory(Func<nn.Module> create) => _create = create;

    /// <summary>A module from one tensor to one.</summary>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor, Tensor>> create) => Checked(create);

    /// <summary>A module from one tensor to several, like a backbone with several features.</summary>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor, Tensor[]>> create) => Checked(create);

    /// <summary>A module from several tensors to one.</summary>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor[], Tensor>> create) => Checked(create);

    /// <summary>A module from several tensors to several, like a neck.</summary>
    public static TorchModuleFactory Of(Func<nn.Module<Tensor[], Tensor[]>> create) => Checked(create);

    /// <summary>Makes the module.</summary>
    /// <param name="name">What messages call it.</param>
    internal nn.Module Create(string name) =>
        _create() ?? throw new InvalidOperationException($"The factory of module '{name}' gave null.");

    private static TorchModuleFactory Checked(Func<nn.Module> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new TorchModuleFactory(create);
    }
}
