namespace DeepVision.Weights.Pickles;

/// <summary>
/// An object of a class that means nothing here: its name, what it was made of, its state and its items. Nothing of it is run.
/// Of whole modules and other holders it keeps the tensors findable.
/// </summary>
/// <param name="name">The class or function.</param>
/// <param name="arguments">What it was called with.</param>
/// <param name="offset">Where the pickle makes it, for messages.</param>
internal sealed class PickleRecord(string name, object?[] arguments, long offset)
{
    public string Name => name;

    public object?[] Arguments => arguments;

    public long Offset => offset;

    /// <summary>What BUILD gave it: by custom a dictionary of attributes.</summary>
    public object? State { get; set; }

    /// <summary>Its entries, for subclasses of dict.</summary>
    public PickleDictionary? Items { get; set; }

    /// <summary>Its elements, for sets and subclasses of list.</summary>
    public List<object?>? Elements { get; set; }

    /// <summary>The record as a dictionary, once <see cref="PickleContainer"/> has been asked for it.</summary>
    public PickleDictionary? View { get; set; }
}
