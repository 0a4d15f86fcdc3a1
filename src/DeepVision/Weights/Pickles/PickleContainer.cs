using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Pickles;

/// <summary>What may hold tensors under names: dictionaries, and objects by their entries or attributes.</summary>
/// <param name="file">The file, for messages.</param>
internal sealed class PickleContainer(WeightSource file)
{
    // Objects may share the dictionaries that they are made of, so that a short file asks for any number of copies.
    private const int MaxCopiedEntries = 2_000_000;

    private const string ScriptPrefix = "__torch__";
    private const string Modules = "_modules";
    private const string Parameters = "_parameters";
    private const string Buffers = "_buffers";
    private const string NonPersistentBuffers = "_non_persistent_buffers_set";

    // Stands for "has no names inside", so that the question is answered once.
    private static readonly PickleDictionary Nothing = new();

    private int _copied;

    /// <summary>The value as a dictionary, always the same one; null where it is none. A whole module gives what its state dict has.</summary>
    public PickleDictionary? Of(object? value)
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

    private PickleDictionary? ViewOf(PickleRecord record)
    {
        PickleDictionary? state = record.State as PickleDictionary ?? OfSlots(record.State as object?[]);
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

    // Objects with slots have two dictionaries, of which either may be None: attributes and slots.
    private PickleDictionary? OfSlots(object?[]? parts)
    {
        PickleDictionary[] filled = parts is { Length: 2 } ? [.. parts.OfType<PickleDictionary>().Where(part => part.Entries.Count > 0)] : [];
        if (filled.Length < 2)
        {
            return filled.FirstOrDefault();
        }

        var all = new PickleDictionary();
        foreach (PickleDictionary part in filled)
        {
            Copy(part, all, []);
        }

        return all;
    }

    // What nn.Module.state_dict() gives: the parameters, the persistent buffers, then the modules inside.
    private PickleDictionary? AsModule(PickleDictionary state)
    {
        if (Entry(state, Modules) is not { } modules || Entry(state, Parameters) is not { } parameters)
        {
            return null;
        }

        var view = new PickleDictionary { IsModule = true };
        HashSet<string> skipped = NamesIn(state.Entries.GetValueOrDefault(NonPersistentBuffers));
        Copy(parameters, view, []);
        Copy(Entry(state, Buffers), view, skipped);
        Copy(modules, view, []);
        return view;
    }

    private void Copy(PickleDictionary? from, PickleDictionary to, HashSet<string> skipped)
    {
        foreach ((string name, object? value) in from?.Entries ?? [])
        {
            Charge(1);
            if (!skipped.Contains(name))
            {
                to.Set(name, value);
            }
        }
    }

    private void Charge(int entries)
    {
        if (entries > MaxCopiedEntries - _copied)
        {
            throw file.Error($"the objects in the file have more than {MaxCopiedEntries} attributes together");
        }

        _copied += entries;
    }

    private static PickleDictionary? Entry(PickleDictionary state, string name) => state.Entries.GetValueOrDefault(name) switch
    {
        PickleDictionary dictionary => dictionary,
        PickleRecord record => record.Items,
        _ => null,
    };

    private HashSet<string> NamesIn(object? set)
    {
        List<object?> names = set switch
        {
            PickleRecord { Elements: { } elements } => elements,
            PickleRecord { Arguments: [List<object?> list, ..] } => list,
            _ => [],
        };
        Charge(names.Count);
        return [.. names.OfType<string>()];
    }
}
