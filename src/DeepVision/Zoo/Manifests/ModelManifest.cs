using DeepVision.Weights;

namespace DeepVision.Zoo;

/// <summary>
/// What is known of a published model: its preset, its weight file with hash, its labels, the kind and epsilon of its
/// backbone's batch norm, and where it comes from. Stands as <c>manifest.json</c> beside the weights.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The preset that it is an instance of.</summary>
    public required ModelPreset Preset { get; init; }

    /// <summary>What differs from the preset.</summary>
    public required PresetOptions Options { get; init; }

    /// <summary>The weight file's path.</summary>
    public required string WeightsPath { get; init; }

    /// <summary>SHA-256 of the weight file, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The license of the weights, as an SPDX expression.</summary>
    public required string License { get; init; }

    /// <summary>Where the weights come from and what they were trained on.</summary>
    public required string Origin { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file, or the folder that holds <c>manifest.json</c>.</param>
    /// <exception cref="WeightsException">The file is no manifest; the message names the property.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ModelManifest Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ManifestReader.Read(Directory.Exists(path) ? Path.Combine(path, "manifest.json") : path);
    }

    /// <summary>A builder with the model's parts and weights; build it.</summary>
    /// <exception cref="WeightsException">The weight file is not the one that the manifest was written for.</exception>
    /// <exception cref="IOException">The weight file is not there or cannot be read.</exception>
    public VisionModelBuilder CreateBuilder()
    {
        string found = ManifestReader.HashOf(WeightsPath);
        return found.Equals(Sha256, StringComparison.OrdinalIgnoreCase)
            ? Preset.CreateBuilder(Options).WithName(Name).LoadWeights(WeightsPath)
            : throw new WeightsException(
                $"{WeightsPath}: expected SHA-256 {Sha256}; found {found}. The file is damaged or another version; fetch it again.")
            {
                FileName = WeightsPath,
            };
    }
}
