using TorchSharp;

namespace DeepVision.Torch.Training.Optimization;

/// <summary>
/// Layer-wise decay of the learning rate: the last layer of the list and everything outside of it have the full rate, the one
/// before it <see cref="Factor"/> times as much, and so on towards the input.
/// </summary>
public sealed record LayerDecay
{
    /// <param name="factor">Above 0, at most 1; often 0.65 to 0.9.</param>
    /// <param name="layers">The layers from the input on, each one path or several with commas between, like <c>conv1,bn1</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    /// <exception cref="ArgumentException">There is no layer.</exception>
    public LayerDecay(double factor, IReadOnlyList<string> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (factor is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be above 0 and at most 1.");
        }

        if (layers.Count == 0)
        {
            throw new ArgumentException("Layer-wise decay needs at least one layer.", nameof(layers));
        }

        Factor = factor;
        Layers = [.. layers];
    }

    /// <summary>What the rate is multiplied by from a layer to the one before it.</summary>
    public double Factor { get; }

    /// <summary>The layers from the input on.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>
    /// A layer for each stage of a part, for example a backbone: each child with parameters that has children of its own is
    /// one, and the plain layers between them are one together, as the convolution and norm of a stem.
    /// </summary>
    /// <param name="factor">Above 0, at most 1.</param>
    /// <param name="module">The whole module.</param>
    /// <param name="path">The part's path; empty for the whole module.</param>
    /// <exception cref="ArgumentException">There is no such part, or it has no children.</exception>
    public static LayerDecay ByStage(double factor, torch.nn.Module module, string path)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(path);
        torch.nn.Module part = module;
        if (path.Length > 0)
        {
            part = module.named_modules().FirstOrDefault(entry => entry.name == path).module
                ?? throw new ArgumentException($"The module has no part '{path}'.", nameof(path));
        }

        string prefix = path.Length == 0 ? "" : $"{path}.";
        var layers = new List<string>();
        bool open = false;
        foreach ((string name, torch.nn.Module child) in part.named_children().Where(entry => entry.module.parameters().Any()))
        {
            bool stage = child.named_children().Any();
            if (open && !stage)
            {
                layers[^1] += $",{prefix}{name}";
            }
            else
            {
                layers.Add(prefix + name);
            }

            open = !stage;
        }

        return new LayerDecay(factor, layers);
    }
}
