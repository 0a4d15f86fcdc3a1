namespace DeepVision.Weights.Containers;

/// <summary>What a container's reader found.</summary>
internal sealed record WeightFileContent(WeightFileFormat Format, OrderedDictionary<string, WeightHandle> Tensors)
{
    public OrderedDictionary<string, int> ModuleVersions { get; init; } = [];

    public OrderedDictionary<string, string> Metadata { get; init; } = [];

    public string Root { get; init; } = "";

    public IReadOnlyList<string> OtherRoots { get; init; } = [];

    public string RemovedPrefix { get; init; } = "";
}
