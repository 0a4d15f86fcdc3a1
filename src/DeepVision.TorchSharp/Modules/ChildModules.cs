using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>
/// A container's children by name. Registering under a taken name puts the new module in the old one's place, which TorchSharp
/// itself refuses; the old module is the caller's from then on.
/// </summary>
/// <param name="container">Whose children they are.</param>
internal sealed class ChildModules(nn.Module container)
{
    private readonly Dictionary<string, nn.Module> _modules = [];

    /// <summary>Registers, replaces or (for null) removes a child.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="module">The child, or null.</param>
    /// <param name="register">The base class's way to register or (for null) remove.</param>
    internal void Register(string name, nn.Module? module, Action<string, nn.Module> register)
    {
        if (module is null || !_modules.ContainsKey(name))
        {
            register(name, module!);
            Set(name, module);
            return;
        }

        // Those behind it go and come again, so that the order of the state dict stays.
        (string Name, nn.Module Module)[] behind = [.. container.named_children().SkipWhile(child => child.name != name)];
        foreach ((string childName, _) in behind)
        {
            register(childName, null!);
        }

        register(name, module);
        foreach ((string childName, nn.Module child) in behind.Skip(1))
        {
            register(childName, child);
        }

        Set(name, module);
    }

    /// <summary>The module at the end of a way of names.</summary>
    internal nn.Module Find(string[] way, string path)
    {
        ChildModules at = this;
        for (int i = 0; ; i++)
        {
            if (!at._modules.TryGetValue(way[i], out nn.Module? module))
            {
                throw new InvalidOperationException($"Module '{Join(path, way[..(i + 1)])}' was removed; register another in its place.");
            }

            if (i == way.Length - 1)
            {
                return module;
            }

            at = module is IContainerModule container
                ? container.Children
                : throw new InvalidOperationException(
                    $"Module '{Join(path, way[..(i + 1)])}' was replaced by a {module.GetType().Name}; '{string.Join('.', way)}' is called one by one.");
        }
    }

    /// <summary>The parameter at the end of a way of names: one of the container itself, or of a container below it.</summary>
    internal Parameter FindParameter(string[] way, string path)
    {
        nn.Module owner = way.Length == 1 ? container : Find(way[..^1], path);
        return owner.get_parameter(way[^1])
            ?? throw new InvalidOperationException(
                $"Module '{Join(path, way[..^1])}' is a {owner.GetType().Name} without a parameter '{way[^1]}', which is multiplied or added outside it; "
                + "register one under this name, or replace the module around both.");
    }

    internal static string Join(string path, string[] way) => path.Length == 0 ? string.Join('.', way) : $"{path}.{string.Join('.', way)}";

    private void Set(string name, nn.Module? module)
    {
        if (module is null)
        {
            _modules.Remove(name);
        }
        else
        {
            _modules[name] = module;
        }
    }
}
