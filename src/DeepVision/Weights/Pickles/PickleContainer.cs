namespace DeepVision.Weights.Pickles;

/// <summary>What may hold tensors under names: dictionaries, and objects by their entries or attributes.</summary>
internal static class PickleContainer
{
    private const string ScriptPrefix = "__torch__";
    private const string Modules = "_modules";
    private const string Parameters = "_parameters";
    private const string Buffers = "_buffers";
    private const string NonPersistentBuffers = "_non_persistent_buffers_set";

    // Stands for "has no names inside", so that the question is answered once.
    private static readonly PickleDictionary Nothing = new();

    /// <summary>The value as a dictionary, always the same one; null where it is none. A whole module gives what its state dict has.</summary>
    public static PickleDictionary? Of(object? value)
    {
        switch (value)
        {
            case PickleDictionary dictionary:
                return dictionary;
            case PickleRecord record:
                record.View ??= ViewOf(record) ?? Nothing;
                return ReferenceEquals(record.View, Nothing) ? null : record.View;
            default:
                return null;
        }
    }

    private static PickleDictionary? ViewOf(PickleRecord record)
    {
        // Objects with slots have two dictionaries, of which either may be None.
        PickleDictionary? state = record.State as PickleDictionary
            ?? (record.State as object?[])?.OfType<PickleDictionary>().FirstOrDefault(part => part.Entries.Count > 0);
        if (state is not null && AsModule(state) is { } module)
        {
            return module;
        }

        if (record.Items is { } items)
        {
            items.Attributes ??= state;
            return items;
        }

        if (state is not null && record.Name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
        {
            state.IsModule = true;
        }

        return state ?? record.Arguments.OfType<PickleDictionary>().FirstOrDefault();
    }

    // What nn.Module.state_dict() gives: the parameters, the persistent buffers, then the modules inside.
    private static PickleDictionary? AsModule(PickleDictionary state)
    {
        if (Entry(state, Modules) is not { } modules || Entry(state, Parameters) is not { } parameters)
        {
            return null;
        }

        var view = new PickleDictionary { IsModule = true };
        HashSet<string> skipped = NamesIn(state.Entries.GetValueOrDefault(NonPersistentBuffers));
        foreach ((string name, object? value) in parameters.Entries)
        {
            view.Set(name, value);
        }

        foreach ((string name, object? value) in Entry(state, Buffers)?.Entries ?? [])
        {
            if (!skipped.Contains(name))
            {
                view.Set(name, value);
            }
        }

        foreach ((string name, object? value) in modules.Entries)
        {
            view.Set(name, value);
        }

        return view;
    }

    private static PickleDictionary? Entry(PickleDictionary state, string name) => state.Entries.GetValueOrDefault(name) switch
    {
        PickleDictionary dictionary => dictionary,
        PickleRecord record => record.Items,
        _ => null,
    };

    private static HashSet<string> NamesIn(object? set) => set switch
    {
        PickleRecord { Elements: { } elements } => [.. elements.OfType<string>()],
        PickleRecord { Arguments: [List<object?> list, ..] } => [.. list.OfType<string>()],
        _ => [],
    };
}
