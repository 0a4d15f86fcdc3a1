namespace DeepVision.Components;

/// <summary>Consecutive pyramid levels.</summary>
/// <param name="Lowest">The finest level.</param>
/// <param name="Highest">The coarsest level; included.</param>
public readonly record struct LevelRange(int Lowest, int Highest)
{
    /// <summary>How many levels.</summary>
    public int Count => Highest - Lowest + 1;

    /// <summary>True where the level is in the range.</summary>
    public bool Contains(int level) => level >= Lowest && level <= Highest;

    /// <summary><c>3 to 7</c>.</summary>
    public override string ToString() => Lowest == Highest ? $"{Lowest}" : $"{Lowest} to {Highest}";
}
