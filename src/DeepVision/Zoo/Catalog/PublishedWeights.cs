using DeepVision.Graphs;
using DeepVision.Preprocessing;

namespace DeepVision.Zoo;

/// <summary>
/// A file of weights that somebody published for a preset: where it is, what it was measured at, and what the model must be like
/// for it. Immutable. Nothing is downloaded until a <see cref="WeightCache"/> fetches it.
/// </summary>
public sealed record PublishedWeights
{
    /// <summary>The preset that it is for, like <c>resnet50</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The name that its publisher gave it, like <c>IMAGENET1K_V2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the one that its publisher recommends for the model.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Where it can be fetched: an absolute address, <c>https</c> or <c>http</c>.</summary>
    /// <exception cref="ArgumentException">It is another address.</exception>
    public required Uri Url
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Url));
            field = value.IsAbsoluteUri && (value.Scheme == Uri.UriSchemeHttps || value.Scheme == Uri.UriSchemeHttp)
                ? value
                : throw new ArgumentException(
                    $"'{value}' is not an address to fetch weights from; expected an absolute one that begins with https:// or http://. "
                    + "A file that is there already is loaded with LoadWeights.",
                    nameof(Url));
        }
    }

    /// <summary>The first hexadecimal digits, 8 to 64 of them, of the file's SHA-256.</summary>
    /// <exception cref="ArgumentException">There are fewer or more, or other characters.</exception>
    public required string Sha256Prefix
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Sha256Prefix));
            field = value.Length is >= 8 and <= 64 && value.All(char.IsAsciiHexDigit)
                ? value
                : throw new ArgumentException(
                    $"'{value}' is not the beginning of a SHA-256; expected 8 to 64 hexadecimal digits, which 'sha256sum FILE' prints.",
                    nameof(Sha256Prefix));
        }
    }

    /// <summary>How many classes it was trained on.</summary>
    public required int Classes { get; init; }

    /// <summary>Learned elements.</summary>
    public required long Parameters { get; init; }

    /// <summary>What it was measured on, like <c>ImageNet-1K</c>.</summary>
    public required string MeasuredOn { get; init; }

    /// <summary>The figures that its publisher states, in percent, by name: <c>top-1</c>, <c>box AP</c>, <c>mean IoU</c> ...</summary>
    public required IReadOnlyDictionary<string, double> Figures { get; init; }

    /// <summary>How images become tensors for it; null where that is the preset's way.</summary>
    public ImagePreprocessing? Preprocessing { get; init; }

    /// <summary>The normalization of its backbone: batch norm's kind and epsilon; null where the preset's holds, or there is none.</summary>
    public Normalization? BackboneNormalization { get; init; }

    /// <summary>Where its license stands, if it is not that of the publisher's other files; else null.</summary>
    public string? License { get; init; }

    /// <summary>The file's name.</summary>
    public string FileName => Path.GetFileName(Url.LocalPath);

    /// <summary>A builder for the model with these weights and their number of classes, which lie in a file already; build it.</summary>
    /// <param name="path">The file, as <see cref="WeightCache.Fetch"/> gives it.</param>
    /// <exception cref="ArgumentException">The library has no preset <see cref="Model"/>.</exception>
    public VisionModelBuilder CreateBuilder(string path)
    {
        var options = new PresetOptions { Classes = Classes, BackboneNormalization = BackboneNormalization };
        VisionModelBuilder builder = VisionModel.FromPreset(Model, options).LoadWeights(path);
        return Preprocessing is null ? builder : builder.WithPreprocessing(Preprocessing);
    }

    /// <summary><c>resnet50 IMAGENET1K_V2: top-1 80.858, top-5 95.434 (ImageNet-1K)</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Model} {Name}: {string.Join(", ", Figures.Select(f => FormattableString.Invariant($"{f.Key} {f.Value}")))} ({MeasuredOn})");
}
