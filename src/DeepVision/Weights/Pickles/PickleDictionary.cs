using System.Text;

namespace DeepVision.Weights.Pickles;

/// <summary>
/// A dict or OrderedDict. Only entries under text keys are kept, bytes counting as text: nothing that is read here is ever
/// looked for under another key (optimizers number their parameters).
/// </summary>
internal sealed class PickleDictionary
{
    private static readonly OrderedDictionary<string, object?> None = [];

    private OrderedDictionary<string, object?>? _entries;

    /// <summary>The entries in order of insertion.</summary>
    public OrderedDictionary<string, object?> Entries => _entries ?? None;

    /// <summary>The instance's attributes, where it has some: PyTorch puts <c>_metadata</c> there.</summary>
    public PickleDictionary? Attributes { get; set; }

    /// <summary>Whether this is what a pickled module holds, so that the names in it are those of its state dict.</summary>
    public bool IsModule { get; set; }

    /// <summary>Sets an entry as Python does: a known key keeps its place.</summary>
    public void Set(object? key, object? value)
    {
        if (key is byte[] bytes)
        {
            key = Encoding.UTF8.GetString(bytes);
        }

        if (key is string text)
        {
            _entries ??= [];
            _entries[text] = value;
        }
    }
}
