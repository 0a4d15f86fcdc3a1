namespace DeepVision.Torch.Training.Optimization;

/// <summary>Which parameters are learnt and how fast. Paths are those of the state dict, like <c>backbone.body.layer1</c>.</summary>
public sealed record ParameterOptions
{
    /// <summary>Parts that stay as they are during the run; their batch norms normalize by their running statistics. Default none.</summary>
    public IReadOnlyList<string> Frozen
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value];
        }
    } = [];

    /// <summary>
    /// A part that stays as it is with everything before it, in the order of the module's parameters; for a ResNet
    /// <c>layer1</c> freezes the stem and the first stage. Default null: none.
    /// </summary>
    public string? FrozenUpTo { get; init; }

    /// <summary>What happens to batch norms outside frozen parts. Default they learn.</summary>
    public BatchNormTraining BatchNorm { get; init; }

    /// <summary>Smaller rates towards the input. Default null: one rate for all.</summary>
    public LayerDecay? LayerDecay { get; init; }

    /// <summary>What the rate of a part is multiplied by; the longest path that fits counts. Default none.</summary>
    public IReadOnlyDictionary<string, double> RateFactors
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach ((string path, double factor) in value)
            {
                if (!(factor >= 0 && double.IsFinite(factor)))
                {
                    throw new ArgumentOutOfRangeException(nameof(value), factor, $"The rate's factor of '{path}' must be finite and at least 0.");
                }
            }

            field = new Dictionary<string, double>(value);
        }
    } = new Dictionary<string, double>();
}
