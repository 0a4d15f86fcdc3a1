using TorchSharp;

namespace DeepVision.Torch.Training.Losses;

/// <summary>A loss and what it is the sum of. Owns its tensors, unless a dispose scope does.</summary>
public sealed class LossValues : IDisposable
{
    /// <summary>A loss of one part.</summary>
    /// <param name="name">The part's name, like <c>cross_entropy</c>.</param>
    /// <param name="value">A tensor of one value, with its gradient's history.</param>
    public LossValues(string name, torch.Tensor value)
        : this([new(name, value)])
    {
    }

    /// <summary>A loss that is the sum of its parts.</summary>
    /// <param name="parts">Names and tensors of one value each; at least one.</param>
    /// <exception cref="ArgumentException">There is no part.</exception>
    public LossValues(IReadOnlyList<KeyValuePair<string, torch.Tensor>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
        {
            throw new ArgumentException("A loss has at least one part.", nameof(parts));
        }

        Parts = parts;
        torch.Tensor total = parts[0].Value;
        foreach ((_, torch.Tensor value) in parts.Skip(1))
        {
            total = total + value;
        }

        Total = total;
    }

    /// <summary>What is minimized.</summary>
    public torch.Tensor Total { get; }

    /// <summary>What it is the sum of, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parts { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Total.Dispose();
        foreach ((_, torch.Tensor value) in Parts)
        {
            value.Dispose();
        }
    }
}
