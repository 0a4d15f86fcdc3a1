namespace DeepVision.Weights.Containers;

/// <summary>What a container's reader found.</summary>
internal sealed record WeightFileContent(WeightFileFormat Format, OrderedDictionary<string, WeightHandle> Tensors)
{
    public OrderedDictionary<string, int> ModuleVersions { get; init; } = [];

    public OrderedDictionary<string, string> Metadata { get; init; } = [];

    public string Root { get; init; } = "";

    public IReadOnlyList<string> OtherRoots { get; init; } = [];

    public WrapperNames Wrappers { get; init; } = WrapperNames.None;

    /// <summary>The tensors that are not read, and why.</summary>
    public OrderedDictionary<string, string> UnreadableTensors { get; init; } = [];

    /// <summary>Classes and functions that mean nothing here.</summary>
    public IReadOnlyList<string> PythonNames { get; init; } = [];
}
