namespace DeepVision.Graphs;

/// <summary>
/// What flows between nodes: an (N, C, H, W) map (rank 4) or an (N, F) vector (rank 2). Channels are known while
/// composing; batch, height and width only when shapes are inferred for an input.
/// </summary>
public sealed class GraphValue
{
    internal GraphValue(int id, string name, int rank, int channels)
    {
        Id = id;
        Name = name;
        Rank = rank;
        Channels = channels;
    }

    /// <summary>A number that is unique in the graph and below <see cref="ModelGraph.ValueCount"/>.</summary>
    public int Id { get; }

    /// <summary>The name of the node or input that produces it.</summary>
    public string Name { get; }

    /// <summary>4 for maps, 2 for vectors.</summary>
    public int Rank { get; }

    /// <summary>Channels of a map or features of a vector; -1 where they depend on the input's size (a flattened map).</summary>
    public int Channels { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
