using DeepVision.Weights;

namespace DeepVision.Zoo;

/// <summary>The published weights that the library knows: what torchvision states of its files.</summary>
public static class WeightCatalog
{
    private static readonly Lazy<IReadOnlyList<PublishedWeights>> Entries = new(() => CatalogReader.Read("torchvision"));

    /// <summary>All of them, by model.</summary>
    public static IReadOnlyList<PublishedWeights> All => Entries.Value;

    /// <summary>Those of one preset; none where none were published.</summary>
    /// <param name="model">The preset's name, like <c>resnet50</c>.</param>
    public static IReadOnlyList<PublishedWeights> Of(string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        return [.. All.Where(weights => weights.Model.Equals(model, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>One file of weights.</summary>
    /// <param name="model">The preset's name, like <c>resnet50</c>.</param>
    /// <param name="name">The publisher's name for the weights; null for those that the publisher recommends.</param>
    /// <exception cref="ArgumentException">There are none; the message lists what there is.</exception>
    public static PublishedWeights Find(string model, string? name = null)
    {
        IReadOnlyList<PublishedWeights> weights = Of(model);
        if (weights.Count == 0)
        {
            string? nearest = NearestName.Find(model, All.Select(entry => entry.Model).Distinct());
            throw new ArgumentException(
                $"The catalog has no weights for '{model}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}"
                + " WeightCatalog.All lists what there is; a file of your own is loaded with LoadWeights.",
                nameof(model));
        }

        return weights.FirstOrDefault(entry => name is null ? entry.IsDefault : entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"'{model}' has no weights '{name}'; there are {string.Join(", ", weights.Select(entry => entry.Name))}.", nameof(name));
    }
}
