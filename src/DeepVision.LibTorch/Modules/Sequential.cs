using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules that follow one another. It owns them, and disposes what passes between them.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<(string name, nn.Module module)> _modules = [];

    /// <summary>A chain of named modules.</summary>
    /// <param name="modules">The modules.</param>
    protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
        : this()
    {
        foreach (var (childName, module) in modules)
        {
            Add(childName, module);
        }
    }

    /// <summary>A chain of modules, named by their places.</summary>
    /// <param name="modules">The modules.</param>
    protected Sequential(params nn.Module<Tensor, Tensor>[] modules)
        : this()
    {
        foreach (var module in modules)
        {
            Add(null, module);
        }
    }

    internal Sequential()
        : base(nameof(Sequential))
    {
    }

    /// <summary>The number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>One of the modules.</summary>
    /// <param name="index">Its place, from 0.</param>
    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => (nn.IModule<Tensor, Tensor>)_modules[index].module;

    /// <summary>Adds a module at the end.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="module">The module, which belongs to the chain from now on.</param>
    /// <returns>This chain.</returns>
    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        Add(name, module);
        return this;
    }

    /// <summary>Adds a module at the end, named by its place.</summary>
    /// <param name="module">The module, which belongs to the chain from now on.</param>
    /// <returns>This chain.</returns>
    public Sequential append(nn.IModule<Tensor, Tensor> module)
    {
        Add(null, module);
        return this;
    }

    /// <inheritdoc/>
    public override IEnumerable<(string name, nn.Module module)> named_children() => _modules;

    /// <summary>Calls the modules one after another. Without any, the result is another handle of the input.</summary>
    /// <param name="tensor">The first module's input.</param>
    public override Tensor forward(Tensor tensor)
    {
        if (_modules.Count == 0)
        {
            return tensor.alias();
        }

        var current = tensor;
        try
        {
            foreach (var (_, module) in _modules)
            {
                var next = ((nn.IModule<Tensor, Tensor>)module).call(current);
                DisposeBetween(current, next, tensor);
                current = next;
            }
        }
        catch
        {
            DisposeBetween(current, null, tensor);
            throw;
        }

        return current;
    }

    internal void Add(string? childName, nn.IModule<Tensor, Tensor> module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _modules.Add((childName ?? _modules.Count.ToString(CultureInfo.InvariantCulture), (nn.Module)module));
    }

    // A module may hand its input through as it is.
    private static void DisposeBetween(Tensor current, Tensor? next, Tensor input)
    {
        if (!ReferenceEquals(current, input) && !ReferenceEquals(current, next))
        {
            current.Dispose();
        }
    }
}
