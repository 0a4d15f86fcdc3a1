namespace DeepVision.Weights.Pickles;

/// <summary>
/// A dict or OrderedDict. Only entries under text keys are kept: nothing that is read here is ever looked for under
/// another key (optimisers number their parameters).
/// </summary>
internal sealed class PickleDictionary
{
    private static readonly OrderedDictionary<string, object?> None = [];

    private OrderedDictionary<string, object?>? _entries;

    /// <summary>The entries in order of insertion.</summary>
    public OrderedDictionary<string, object?> Entries => _entries ?? None;

    /// <summary>The instance's attributes, where it has some: PyTorch puts <c>_metadata</c> there.</summary>
    public PickleDictionary? Attributes { get; set; }

    /// <summary>Sets an entry as Python does: a known key keeps its place.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string text)
        {
            _entries ??= [];
            _entries[text] = value;
        }
    }
}
