namespace TorchSharp;

/// <summary>The hooks of one side of a module's forward pass. Immutable.</summary>
internal sealed class Hooks<THook>
{
    public static readonly Hooks<THook> None = new([], []);

    private readonly (string Key, THook Hook)[] _typed;
    private readonly (string Key, Action<torch.nn.Module> Hook)[] _ofModule;

    private Hooks((string Key, THook Hook)[] typed, (string Key, Action<torch.nn.Module> Hook)[] ofModule)
    {
        _typed = typed;
        _ofModule = ofModule;
    }

    public ReadOnlySpan<(string Key, THook Hook)> Typed => _typed;

    public void CallOfModule(torch.nn.Module module)
    {
        foreach (var (_, hook) in _ofModule)
        {
            hook(module);
        }
    }

    public Hooks<THook> With(string key, THook hook) => new([.. _typed, (key, hook)], _ofModule);

    public Hooks<THook> With(string key, Action<torch.nn.Module> hook) => new(_typed, [.. _ofModule, (key, hook)]);

    public Hooks<THook> Without(string key)
    {
        var typed = _typed.Where(hook => hook.Key != key).ToArray();
        var ofModule = _ofModule.Where(hook => hook.Key != key).ToArray();
        return typed.Length + ofModule.Length == 0 ? None : new(typed, ofModule);
    }
}
