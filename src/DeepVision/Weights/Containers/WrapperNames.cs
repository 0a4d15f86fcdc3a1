namespace DeepVision.Weights.Containers;

/// <summary>
/// What wrappers of modules put into keys: DataParallel and AveragedModel <c>module.</c>, torch.compile <c>_orig_mod.</c>, others
/// names of their own. Taken away where all keys begin so, in any order and number; the names that start with an underscore inside
/// a key as well.
/// </summary>
internal sealed class WrapperNames
{
    private const string Parallel = "module.";
    private const int MaxLeading = 16;
    private static readonly string[] Leading = [Parallel, "_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.", "_forward_module."];

    // How often weights have been averaged, which averaging wrappers keep beside "module.".
    private static readonly string[] Counters = ["n_averaged", "steps"];

    private readonly HashSet<string> _counters = [];
    private readonly List<string> _inner = [];

    private WrapperNames(string prefix) => Prefix = prefix;

    /// <summary>Nothing to take away.</summary>
    public static WrapperNames None { get; } = new("");

    /// <summary>What stands before every key.</summary>
    public string Prefix { get; private set; }

    /// <summary>The names that were found inside keys, each with its dot.</summary>
    public IReadOnlyList<string> Inner => _inner;

    /// <summary>Finds what the keys of one model share.</summary>
    public static WrapperNames Find(IReadOnlyCollection<string> keys)
    {
        var found = new WrapperNames("");
        for (int i = 0; i < MaxLeading && found.TakeLeading(keys); i++)
        {
        }

        found.TakeInner(keys);
        return found;
    }

    /// <summary>The key without what wrappers added; null for a wrapper's own counter.</summary>
    public string? Strip(string key)
    {
        if (_counters.Contains(key))
        {
            return null;
        }

        string rest = key[Prefix.Length..];
        foreach (string name in _inner)
        {
            rest = WithoutInner(rest, name);
        }

        return rest;
    }

    /// <summary>The path of a module likewise; null for one that is a wrapper itself and not the outermost.</summary>
    public string? StripPath(string path)
    {
        string key = path + ".";
        if (!key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string rest = key[Prefix.Length..];
        foreach (string name in _inner)
        {
            rest = WithoutInner(rest, name);
        }

        return rest.TrimEnd('.');
    }

    private static string WithoutInner(string key, string name) => key.Replace("." + name, ".", StringComparison.Ordinal);

    private bool TakeLeading(IReadOnlyCollection<string> keys)
    {
        foreach (string name in Leading)
        {
            string longer = Prefix + name;
            var counters = new List<string>();
            int carriers = 0;
            foreach (string key in keys)
            {
                if (key.Length > longer.Length && key.StartsWith(longer, StringComparison.Ordinal))
                {
                    carriers++;
                }
                else if (name == Parallel && key.StartsWith(Prefix, StringComparison.Ordinal) && Counters.Contains(key[Prefix.Length..]))
                {
                    counters.Add(key);
                }
                else if (!_counters.Contains(key))
                {
                    carriers = 0;
                    break;
                }
            }

            if (carriers > 0)
            {
                Prefix = longer;
                _counters.UnionWith(counters);
                return true;
            }
        }

        return false;
    }

    private void TakeInner(IReadOnlyCollection<string> keys)
    {
        foreach (string name in Leading.Where(name => name != Parallel))
        {
            if (keys.Any(key => key.AsSpan(Prefix.Length <= key.Length ? Prefix.Length : 0).Contains("." + name, StringComparison.Ordinal)))
            {
                _inner.Add(name);
            }
        }

        var seen = new HashSet<string>();
        if (_inner.Count > 0 && !keys.Select(Strip).All(key => key is null || seen.Add(key)))
        {
            _inner.Clear();
        }
    }
}
