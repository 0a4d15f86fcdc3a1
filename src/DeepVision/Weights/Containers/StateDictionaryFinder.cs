using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>
/// Finds the weights in a checkpoint. Trainers save state dicts bare, or among other things (epoch, optimiser, averaged
/// weights), so one dictionary has to be chosen; the rules are documented at <see cref="WeightFile"/>.
/// </summary>
internal sealed class StateDictionaryFinder(WeightSource file, WeightFileOptions options)
{
    private const int MaxDepth = 32;
    private const int MaxKeyLength = 4096;
    private const string ParallelPrefix = "module.";

    // In order of preference.
    private static readonly string[] UsualRoots =
        ["state_dict", "model_state_dict", "model_state", "model", "net", "network", "weights", "params", "checkpoint"];

    // Hold tensors, but never the weights.
    private static readonly string[] NeverRoots =
        ["optimizer", "optimizer_state_dict", "optimizer_state", "optim", "lr_scheduler", "scheduler", "scaler", "amp"];

    public StateDictionary Find(object? pickled)
    {
        if (pickled is not PickleDictionary top)
        {
            string found = pickled switch
            {
                TorchTensor => "a single tensor",
                List<object?> or object?[] => "a list",
                _ => "something else",
            };
            throw file.Error($"the file holds {found}; expected a dictionary of tensors. Save it with torch.save(model.state_dict(), path)");
        }

        var others = new List<string>();
        (string path, PickleDictionary root) = options.Root is null ? Choose(top, others) : (options.Root, Follow(top, options.Root));
        var tensors = new OrderedDictionary<string, TorchTensor>();
        var versions = new OrderedDictionary<string, int>();
        Flatten(root, "", 0, tensors, versions, new HashSet<PickleDictionary>(ReferenceEqualityComparer.Instance));
        if (tensors.Count == 0)
        {
            string where = path.Length == 0 ? "the file" : $"'{PrintableText.Of(path)}'";
            throw file.Error($"{where} holds no tensors{Listing(Candidates(top))}");
        }

        string prefix = "";
        if (!options.KeepModulePrefix && tensors.Keys.All(key => key.StartsWith(ParallelPrefix, StringComparison.Ordinal) && key.Length > ParallelPrefix.Length))
        {
            prefix = ParallelPrefix;
            tensors = new(tensors.Select(pair => KeyValuePair.Create(pair.Key[prefix.Length..], pair.Value)));
            versions = WithoutPrefix(versions);
        }

        return new StateDictionary(path, others, prefix, tensors, versions);
    }

    private (string Path, PickleDictionary Root) Choose(PickleDictionary top, List<string> others)
    {
        string path = "";
        PickleDictionary at = top;
        for (int depth = 0; depth < MaxDepth; depth++)
        {
            List<KeyValuePair<string, PickleDictionary>> candidates = Candidates(at);
            string? usual = UsualRoots.FirstOrDefault(name => candidates.Any(candidate => candidate.Key == name));
            bool hasArrays = at.Entries.Values.Any(value => value is TorchTensor { Sizes.Length: > 0 });
            bool hasScalars = at.Entries.Values.Any(value => value is TorchTensor);
            KeyValuePair<string, PickleDictionary> chosen;
            if (usual is not null)
            {
                chosen = candidates.First(candidate => candidate.Key == usual);
            }
            else if (hasArrays || candidates.Count == 0)
            {
                return (path, at);
            }
            else if (candidates.Count == 1)
            {
                chosen = candidates[0];
            }
            else if (hasScalars && candidates.All(candidate => candidate.Value.Entries.Values.All(value => value is not TorchTensor)))
            {
                return (path, at);
            }
            else
            {
                throw file.Error(
                    $"several dictionaries hold tensors and none has a usual name{Listing(candidates)}; say which by {nameof(WeightFileOptions)}.{nameof(WeightFileOptions.Root)}, "
                    + "or set it to the empty string to take all of them under dotted keys");
            }

            others.AddRange(candidates.Where(candidate => candidate.Key != chosen.Key).Select(candidate => path + candidate.Key));
            at = chosen.Value;
            if (at.Entries.Values.Any(value => value is TorchTensor { Sizes.Length: > 0 }))
            {
                return (path + chosen.Key, at);
            }

            path += chosen.Key + ".";
            if (Candidates(at).Count == 0)
            {
                return (path[..^1], at);
            }
        }

        throw TooDeep();
    }

    /// <summary>The entries that are dictionaries with tensors somewhere inside. Of two names for one dictionary the first counts.</summary>
    private List<KeyValuePair<string, PickleDictionary>> Candidates(PickleDictionary parent)
    {
        var seen = new HashSet<PickleDictionary>(ReferenceEqualityComparer.Instance) { parent };
        var candidates = new List<KeyValuePair<string, PickleDictionary>>();
        foreach ((string name, object? value) in parent.Entries)
        {
            if (value is PickleDictionary child && !NeverRoots.Contains(name) && name.Length <= MaxKeyLength && HasTensors(child, 0, seen))
            {
                candidates.Add(KeyValuePair.Create(name, child));
            }
        }

        return candidates;
    }

    private bool HasTensors(PickleDictionary dictionary, int depth, HashSet<PickleDictionary> seen)
    {
        if (depth == MaxDepth)
        {
            throw TooDeep();
        }

        bool found = false;
        if (seen.Add(dictionary))
        {
            foreach (object? value in dictionary.Entries.Values)
            {
                found |= value is TorchTensor || (value is PickleDictionary child && HasTensors(child, depth + 1, seen));
            }
        }

        return found;
    }

    private PickleDictionary Follow(PickleDictionary top, string path)
    {
        PickleDictionary at = top;
        string rest = path;
        while (rest.Length > 0)
        {
            // Keys may contain dots themselves: the longest one that is there wins.
            string name = rest;
            while (name.Length > 0 && !(at.Entries.TryGetValue(name, out object? value) && value is PickleDictionary))
            {
                int dot = name.LastIndexOf('.');
                name = dot < 0 ? "" : name[..dot];
            }

            if (name.Length == 0)
            {
                throw file.Error($"there is no dictionary '{PrintableText.Of(path)}' ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.Root)}){Listing(Candidates(top))}");
            }

            at = (PickleDictionary)at.Entries[name]!;
            rest = rest.Length == name.Length ? "" : rest[(name.Length + 1)..];
        }

        return at;
    }

    private void Flatten(
        PickleDictionary dictionary, string prefix, int depth,
        OrderedDictionary<string, TorchTensor> tensors, OrderedDictionary<string, int> versions, HashSet<PickleDictionary> seen)
    {
        if (depth == MaxDepth)
        {
            throw TooDeep();
        }

        if (!seen.Add(dictionary))
        {
            return;
        }

        AddVersions(dictionary, prefix, versions);
        foreach ((string name, object? value) in dictionary.Entries)
        {
            if (value is not (TorchTensor or PickleDictionary))
            {
                continue;
            }

            if (prefix.Length + name.Length > MaxKeyLength)
            {
                throw file.Error($"the name '{PrintableText.Of(prefix + name[..Math.Min(name.Length, MaxKeyLength)])}' has more than {MaxKeyLength} characters");
            }

            if (value is PickleDictionary child)
            {
                Flatten(child, prefix + name + ".", depth + 1, tensors, versions, seen);
            }
            else if (!tensors.TryAdd(prefix + name, (TorchTensor)value))
            {
                throw file.Error("two nested dictionaries give the same dotted name", null, prefix + name);
            }
        }
    }

    // PyTorch notes each module's version in an attribute of the OrderedDict: {"backbone.fpn": {"version": 2}}.
    private static void AddVersions(PickleDictionary dictionary, string prefix, OrderedDictionary<string, int> versions)
    {
        if (dictionary.Attributes?.Entries.GetValueOrDefault("_metadata") is not PickleDictionary metadata)
        {
            return;
        }

        foreach ((string module, object? facts) in metadata.Entries)
        {
            if (module.Length + prefix.Length <= MaxKeyLength
                && facts is PickleDictionary { Entries: var entries }
                && entries.TryGetValue("version", out object? version)
                && version is long and >= 0 and <= int.MaxValue)
            {
                versions[(prefix + module).TrimEnd('.')] = (int)(long)version;
            }
        }
    }

    private static OrderedDictionary<string, int> WithoutPrefix(OrderedDictionary<string, int> versions)
    {
        var stripped = new OrderedDictionary<string, int>();
        foreach ((string module, int version) in versions)
        {
            if (module.StartsWith(ParallelPrefix, StringComparison.Ordinal))
            {
                stripped[module[ParallelPrefix.Length..]] = version;
            }
            else if (module == ParallelPrefix[..^1])
            {
                stripped[""] = version;
            }
        }

        return stripped;
    }

    private static string Listing(List<KeyValuePair<string, PickleDictionary>> candidates) =>
        candidates.Count == 0
            ? ""
            : $": found {string.Join(", ", candidates.Take(20).Select(candidate => $"'{PrintableText.Of(candidate.Key)}'"))}{(candidates.Count > 20 ? ", ..." : "")}";

    private WeightsException TooDeep() => file.Error($"dictionaries are nested more than {MaxDepth} deep");
}
