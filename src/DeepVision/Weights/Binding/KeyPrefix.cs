namespace DeepVision.Weights;

/// <summary>How the keys of a file become those of a model: what goes, and what comes back that the file's reader had taken away.</summary>
/// <param name="Removed">A path that stands before the file's keys.</param>
/// <param name="Added">A wrapper's prefix that the model has itself.</param>
internal sealed record KeyPrefix(string Removed, string Added)
{
    private const int Probes = 4;
    private const int MaxCandidates = 64;

    /// <summary>Not looked for yet.</summary>
    public static KeyPrefix Unknown { get; } = new("", "");

    /// <summary>The keys are equal.</summary>
    public static KeyPrefix None { get; } = new("", "");

    /// <summary>
    /// Finds what makes a file's keys those of a model, where not one of them is equal: the one path under which all keys of the
    /// model stand (<c>model.</c> in Lightning's files), or one that all keys of the file share.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="keys">Keys that the model needs.</param>
    /// <param name="formerKeys">Names that older checkpoints use, to those of now.</param>
    /// <param name="choices">Paths of which each would do, where none was chosen.</param>
    public static KeyPrefix Find(
        WeightFile file, IReadOnlyCollection<string> keys, IReadOnlyDictionary<string, string> formerKeys, out IReadOnlyList<string> choices)
    {
        choices = [];
        var tensors = file.Tensors;
        if (keys.Count == 0 || keys.Any(tensors.ContainsKey) || formerKeys.Keys.Any(tensors.ContainsKey))
        {
            return None;
        }

        // A model whose own names begin with "module." finds its keys as the file had them.
        string removed = file.RemovedPrefix;
        if (removed.Length > 0 && keys.Any(key => key.StartsWith(removed, StringComparison.Ordinal) && tensors.ContainsKey(key[removed.Length..])))
        {
            return new KeyPrefix("", removed);
        }

        ILookup<string, string> former = formerKeys.ToLookup(pair => pair.Value, pair => pair.Key);
        int Matches(string prefix) =>
            keys.Count(key => tensors.ContainsKey(prefix + key) || former[key].Any(old => tensors.ContainsKey(prefix + old)));

        IReadOnlyList<string> shared = SharedBy(tensors.Keys);
        string[] complete = [.. shared.Concat(Candidates(tensors.Keys, keys)).Distinct().Where(prefix => Matches(prefix) == keys.Count)];
        if (complete.Length == 1)
        {
            return new KeyPrefix(complete[0], "");
        }

        if (complete.Length > 1)
        {
            choices = complete;
            return None;
        }

        string? best = shared.MaxBy(Matches);
        return best is not null && Matches(best) > 0 ? new KeyPrefix(best, "") : None;
    }

    /// <summary>The paths with which all keys begin, shortest first: <c>a.</c> and <c>a.b.</c> of <c>a.b.x</c> and <c>a.b.y</c>.</summary>
    public static IReadOnlyList<string> SharedBy(IEnumerable<string> keys)
    {
        string? common = null;
        foreach (string key in keys)
        {
            int length = common is null ? key.LastIndexOf('.') + 1 : common.AsSpan().CommonPrefixLength(key);
            common = key[..length];
        }

        var shared = new List<string>();
        for (int at = 0; common is not null && shared.Count < MaxCandidates && (at = common.IndexOf('.', at) + 1) > 0;)
        {
            shared.Add(common[..at]);
        }

        return shared;
    }

    // Whatever stands before some key that the model needs.
    private static IEnumerable<string> Candidates(IEnumerable<string> fileKeys, IReadOnlyCollection<string> keys)
    {
        string[] probes = [.. keys.Take(Probes).Select(key => "." + key)];
        return fileKeys
            .SelectMany(fileKey => probes.Where(probe => fileKey.EndsWith(probe, StringComparison.Ordinal)).Select(probe => fileKey[..(fileKey.Length - probe.Length + 1)]))
            .Distinct()
            .Take(MaxCandidates);
    }
}
