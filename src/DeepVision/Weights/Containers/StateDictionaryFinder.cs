using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>
/// Finds the weights in a checkpoint. Trainers save state dicts bare, or among other things (epoch, optimizer, averaged
/// weights), or whole modules, so one holder of tensors has to be chosen; the rules are documented at <see cref="WeightFile"/>.
/// </summary>
internal sealed class StateDictionaryFinder(WeightSource file, WeightFileOptions options)
{
    private const int MaxDepth = 32;
    private const int MaxKeyLength = 4096;

    // A module may stand under many names, and those multiply from level to level: names visited, long ones counting more.
    private const int MaxWork = 1_000_000;
    private const int WorkOfName = 64;

    // In order of preference.
    private static readonly string[] UsualRoots =
        ["state_dict", "model_state_dict", "model_state", "model", "net", "network", "weights", "params", "checkpoint"];

    // Hold tensors, but never the weights.
    private static readonly string[] NeverRoots =
    [
        "optimizer", "optimizer_state_dict", "optimizer_state", "optimizer_states", "optimizers", "optim", "lr_scheduler", "lr_schedulers",
        "scheduler", "schedulers", "scaler", "amp",
    ];

    private static readonly string[] NeverClasses = ["torch.optim.", "torch.cuda.amp."];

    private readonly PickleContainer _containers = new(file);

    // What counts as a tensor while the weights are looked for: PyTorch's, else NumPy's, else those that are not read.
    private Func<object?, bool> _isTensor = IsReadable;
    private HashSet<PickleDictionary> _holders = [];
    private int _work;
    private bool _isTooDeep;

    public StateDictionary Find(object? pickled)
    {
        PickleDictionary top = TopOf(pickled);
        if (!HasTensors(top, []))
        {
            _isTensor = value => value is NumpyArray { Dtype.Type: not null };
            if (!HasTensors(top, []))
            {
                _isTensor = value => value is TorchTensor or UnreadableTensor or NumpyArray;
            }
        }

        var others = new List<string>();
        (string path, PickleDictionary root) = options.Root is null ? Choose(top, others) : (options.Root, Follow(top, options.Root));
        var found = new OrderedDictionary<string, object>();
        var versions = new OrderedDictionary<string, int>();
        _holders = HoldersFrom(root);
        Flatten(root, "", 0, found, versions, new HashSet<PickleDictionary>(ReferenceEqualityComparer.Instance));
        if (found.Count == 0)
        {
            throw NoTensors(pickled, path, top);
        }

        WrapperNames wrappers = options.KeepModulePrefix ? WrapperNames.None : WrapperNames.Find(found.Keys);
        var tensors = new OrderedDictionary<string, object>();
        foreach ((string key, object tensor) in found)
        {
            if (wrappers.Strip(key) is { } stripped)
            {
                tensors.Add(stripped, tensor);
            }
        }

        var strippedVersions = new OrderedDictionary<string, int>();
        foreach ((string module, int version) in versions)
        {
            if (wrappers.StripPath(module) is { } stripped)
            {
                strippedVersions[stripped] = version;
            }
        }

        return new StateDictionary(path, others, wrappers, tensors, strippedVersions);
    }

    private static bool IsReadable(object? value) => value is TorchTensor { Type.Known: not null };

    // A tensor among others that makes a dictionary one of weights. States of random number generators do not.
    private bool IsArray(string name, object? value) =>
        _isTensor(value) && !name.Contains("rng", StringComparison.OrdinalIgnoreCase)
        && value is TorchTensor { Sizes.Length: > 0 } or NumpyArray { Sizes.Length: > 0 } or UnreadableTensor;

    private PickleDictionary TopOf(object? pickled)
    {
        if (_containers.Of(pickled) is { } top)
        {
            return top;
        }

        if (pickled is List<object?> or object?[])
        {
            // torch.save((state_dict, epoch)): the elements go by their numbers.
            var numbered = new PickleDictionary();
            foreach ((int index, object? item) in ((IEnumerable<object?>)pickled).Index())
            {
                if (_containers.Of(item) is not null)
                {
                    numbered.Set(index.ToString(System.Globalization.CultureInfo.InvariantCulture), item);
                }
            }

            if (HasTensors(numbered, []))
            {
                return numbered;
            }
        }

        string found = pickled switch
        {
            TorchTensor or UnreadableTensor => "a single tensor",
            NumpyArray => "a single NumPy array",
            List<object?> or object?[] => "a list",
            PickleRecord record => $"an object of '{PrintableText.Of(record.Name)}' without tensors",
            PickleGlobal global => $"the name '{PrintableText.Of(global.Name)}'",
            _ => "something else",
        };
        long? at = (pickled as PickleRecord)?.Offset ?? (pickled as PickleGlobal)?.Offset;
        throw file.Error($"the file holds {found}; expected a dictionary of tensors. Save it with torch.save(model.state_dict(), path)", at);
    }

    private WeightsException NoTensors(object? pickled, string path, PickleDictionary top)
    {
        if (_isTooDeep)
        {
            return TooDeep();
        }

        if (pickled is PickleRecord record)
        {
            return record.Name.StartsWith("__torch__", StringComparison.Ordinal)
                ? file.Error("the file is a TorchScript program without tensors among its attributes (a frozen one keeps them in its code); save the model that it was made of with torch.save(model.state_dict(), path)")
                : file.Error($"the file holds an object of '{PrintableText.Of(record.Name)}' without tensors; expected a dictionary of tensors. Save it with torch.save(model.state_dict(), path)", record.Offset);
        }

        string where = path.Length == 0 ? "the file" : $"'{PrintableText.Of(path)}'";
        return file.Error($"{where} holds no tensors{Listing(Candidates(top))}. Save them with torch.save(model.state_dict(), path)");
    }

    private (string Path, PickleDictionary Root) Choose(PickleDictionary top, List<string> others)
    {
        string path = "";
        PickleDictionary at = top;
        for (int depth = 0; depth < MaxDepth; depth++)
        {
            // The names inside a module are those of its state dict.
            if (at.IsModule)
            {
                return (path.TrimEnd('.'), at);
            }

            List<KeyValuePair<string, PickleDictionary>> candidates = Candidates(at);
            string? usual = UsualRoots.FirstOrDefault(name => candidates.Any(candidate => candidate.Key == name));
            bool hasArrays = at.Entries.Any(entry => IsArray(entry.Key, entry.Value));
            bool hasScalars = at.Entries.Values.Any(_isTensor);
            HashSet<PickleDictionary> seen = [];
            KeyValuePair<string, PickleDictionary>[] substantial =
                [.. candidates.Where(candidate => usual is null && !hasArrays && Any(candidate.Value, seen, IsArray))];
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
            else if (substantial.Length == 1)
            {
                chosen = substantial[0];
            }
            else if (hasScalars && candidates.All(candidate => !candidate.Value.Entries.Values.Any(_isTensor)))
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
            if (at.IsModule || at.Entries.Any(entry => IsArray(entry.Key, entry.Value)))
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

    /// <summary>The entries that hold tensors somewhere inside. Of two names for one dictionary the first counts.</summary>
    private List<KeyValuePair<string, PickleDictionary>> Candidates(PickleDictionary parent)
    {
        HashSet<PickleDictionary> seen = [parent];
        var candidates = new List<KeyValuePair<string, PickleDictionary>>();
        foreach ((string name, object? value) in parent.Entries)
        {
            bool isNever = NeverRoots.Contains(name) || name.Length > MaxKeyLength
                || (value is PickleRecord record && NeverClasses.Any(never => record.Name.StartsWith(never, StringComparison.Ordinal)));
            if (!isNever && _containers.Of(value) is { } child && HasTensors(child, seen))
            {
                candidates.Add(KeyValuePair.Create(name, child));
            }
        }

        return candidates;
    }

    private bool HasTensors(PickleDictionary dictionary, HashSet<PickleDictionary> seen) => Any(dictionary, seen, (_, value) => _isTensor(value));

    // Breadth first: every dictionary is reached on its shortest way, so the limit of depth does not depend on the order.
    private bool Any(PickleDictionary dictionary, HashSet<PickleDictionary> seen, Func<string, object?, bool> predicate)
    {
        bool found = false;
        var waiting = new Queue<(PickleDictionary Dictionary, int Depth)>();
        if (seen.Add(dictionary))
        {
            waiting.Enqueue((dictionary, 0));
        }

        while (waiting.TryDequeue(out (PickleDictionary Dictionary, int Depth) next))
        {
            foreach ((string name, object? value) in next.Dictionary.Entries)
            {
                found |= predicate(name, value);
                if (_containers.Of(value) is { } child && !seen.Contains(child))
                {
                    if (next.Depth == MaxDepth - 1)
                    {
                        _isTooDeep = true;
                        continue;
                    }

                    seen.Add(child);
                    waiting.Enqueue((child, next.Depth + 1));
                }
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
            PickleDictionary? next;
            while ((next = _containers.Of(at.Entries.GetValueOrDefault(name))) is null)
            {
                int dot = name.LastIndexOf('.');
                if (dot < 0)
                {
                    throw file.Error($"there is no dictionary '{PrintableText.Of(path)}' ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.Root)}){Listing(Candidates(top))}");
                }

                name = name[..dot];
            }

            at = next;
            rest = rest.Length == name.Length ? "" : rest[(name.Length + 1)..];
        }

        return at;
    }

    private void Flatten(
        PickleDictionary dictionary, string prefix, int depth,
        OrderedDictionary<string, object> tensors, OrderedDictionary<string, int> versions, HashSet<PickleDictionary> seen)
    {
        if (depth == MaxDepth)
        {
            throw TooDeep();
        }

        // A module that stands under two names has both in its state dict; one that holds itself ends there.
        if (!seen.Add(dictionary))
        {
            return;
        }

        AddVersions(dictionary, prefix, versions);
        foreach ((string name, object? value) in dictionary.Entries)
        {
            PickleDictionary? child = _containers.Of(value);
            if (child is null && value is not (TorchTensor or UnreadableTensor or NumpyArray))
            {
                continue;
            }

            if (prefix.Length + name.Length > MaxKeyLength)
            {
                throw file.Error($"the name '{PrintableText.Of(prefix + name[..Math.Min(name.Length, MaxKeyLength)])}' has more than {MaxKeyLength} characters");
            }

            string key = prefix + name;
            _work += 1 + (key.Length / WorkOfName);
            if (_work > MaxWork)
            {
                throw file.Error("modules hold one another in too many ways");
            }

            if (child is not null)
            {
                if (_holders.Contains(child))
                {
                    Flatten(child, key + ".", depth + 1, tensors, versions, seen);
                }
            }
            else if (value is NumpyArray && !_isTensor(value) && !key.Contains('.'))
            {
                // Among PyTorch's tensors an array is a trainer's record, unless it has a parameter's name.
                continue;
            }
            else if (!tensors.TryAdd(key, value!))
            {
                throw file.Error("two nested dictionaries give the same dotted name", null, key);
            }
            else if (tensors.Count > options.MaxTensors)
            {
                throw file.Error($"more than {options.MaxTensors} tensors ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxTensors)})", null, key);
            }
        }

        if (dictionary.IsModule)
        {
            seen.Remove(dictionary);
        }
    }

    /// <summary>The dictionaries from which a way leads to a tensor of any kind, found from the tensors back.</summary>
    private HashSet<PickleDictionary> HoldersFrom(PickleDictionary root)
    {
        var parents = new Dictionary<PickleDictionary, List<PickleDictionary>> { [root] = [] };
        var waiting = new Queue<PickleDictionary>([root]);
        var holders = new HashSet<PickleDictionary>();
        while (waiting.TryDequeue(out PickleDictionary? next))
        {
            foreach (object? value in next.Entries.Values)
            {
                if (value is TorchTensor or UnreadableTensor or NumpyArray)
                {
                    holders.Add(next);
                }
                else if (_containers.Of(value) is { } child)
                {
                    if (!parents.TryGetValue(child, out List<PickleDictionary>? known))
                    {
                        parents.Add(child, known = []);
                        waiting.Enqueue(child);
                    }

                    known.Add(next);
                }
            }
        }

        waiting = new Queue<PickleDictionary>(holders);
        while (waiting.TryDequeue(out PickleDictionary? next))
        {
            foreach (PickleDictionary parent in parents[next])
            {
                if (holders.Add(parent))
                {
                    waiting.Enqueue(parent);
                }
            }
        }

        return holders;
    }

    // PyTorch notes each module's version in an attribute of the OrderedDict: {"backbone.fpn": {"version": 2}}.
    private void AddVersions(PickleDictionary dictionary, string prefix, OrderedDictionary<string, int> versions)
    {
        if (dictionary.Attributes is not { } attributes || _containers.Of(attributes.Entries.GetValueOrDefault("_metadata")) is not { } metadata)
        {
            return;
        }

        foreach ((string module, object? facts) in metadata.Entries)
        {
            if (module.Length + prefix.Length <= MaxKeyLength
                && _containers.Of(facts) is { Entries: var entries }
                && entries.TryGetValue("version", out object? version)
                && version is long and >= 0 and <= int.MaxValue)
            {
                versions[(prefix + module).TrimEnd('.')] = (int)(long)version;
            }
        }
    }

    private static string Listing(List<KeyValuePair<string, PickleDictionary>> candidates) =>
        candidates.Count == 0
            ? ""
            : $": found {string.Join(", ", candidates.Take(20).Select(candidate => $"'{PrintableText.Of(candidate.Key)}'"))}{(candidates.Count > 20 ? ", ..." : "")}";

    private WeightsException TooDeep() => file.Error($"dictionaries are nested more than {MaxDepth} deep");
}
