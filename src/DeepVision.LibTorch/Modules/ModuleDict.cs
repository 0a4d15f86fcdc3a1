using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Modules by name, in the order in which they were added. They are registered when the dictionary itself is registered in a module: later
/// changes of the dictionary do not change that.
/// </summary>
/// <typeparam name="T">The type of the modules.</typeparam>
public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)>
    where T : nn.Module
{
    private readonly OrderedDictionary<string, T> _modules = [];
    private bool _registered;

    /// <summary>An empty dictionary.</summary>
    public ModuleDict()
        : base("ModuleDict")
    {
    }

    /// <summary>The number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>A module by its name.</summary>
    /// <param name="key">The name.</param>
    public T this[string key]
    {
        get => _modules[key];
        set => _modules[key] = value;
    }

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> keys() => _modules.Keys;

    /// <summary>The modules, in order.</summary>
    public IEnumerable<T> values() => _modules.Values;

    /// <summary>Adds a module.</summary>
    /// <param name="item">Its name and the module.</param>
    public void Add((string, T) item) => _modules.Add(item.Item1, item.Item2);

    /// <summary>Adds a module.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The module.</param>
    public void Add(string key, T value) => _modules.Add(key, value);

    /// <summary>Whether there is a module of this name.</summary>
    /// <param name="key">The name.</param>
    public bool ContainsKey(string key) => _modules.ContainsKey(key);

    /// <summary>Takes a module out, without disposing it.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string key) => _modules.Remove(key);

    /// <summary>Finds a module.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The module.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<(string, T)> GetEnumerator() => _modules.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        if (_registered)
        {
            return;
        }

        foreach (var (childName, module) in _modules)
        {
            register_module(childName, module);
        }

        _registered = true;
    }
}
