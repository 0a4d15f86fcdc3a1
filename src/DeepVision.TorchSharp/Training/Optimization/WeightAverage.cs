using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Optimization;

/// <summary>
/// The moving average of a module's floating-point state, running statistics included; whole numbers are copied. Owns its
/// tensors. Not thread-safe.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly AverageOptions _options;
    private readonly List<(string Name, Tensor Value, Tensor Mean)> _entries = [];

    public WeightAverage(nn.Module module, AverageOptions options)
    {
        _options = options;
        using IDisposable noGrad = no_grad();
        foreach ((string name, Tensor value) in module.state_dict())
        {
            _entries.Add((name, value, value.clone().DetachFromDisposeScope()));
        }
    }

    public IEnumerable<KeyValuePair<string, Tensor>> Tensors => _entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Mean));

    /// <param name="step">The steps that were made, from 1.</param>
    public void Update(long step)
    {
        using IDisposable noGrad = no_grad();
        double keep = _options.KeepAt(step);
        using Scalar kept = keep, added = 1 - keep;
        foreach ((_, Tensor value, Tensor mean) in _entries)
        {
            if (mean.is_floating_point())
            {
                mean.mul_(kept).add_(value, added);
            }
            else
            {
                mean.copy_(value);
            }
        }
    }

    /// <summary>Exchanges the module's values for the average's; a second call takes it back.</summary>
    public void Swap()
    {
        using IDisposable noGrad = no_grad();
        foreach ((_, Tensor value, Tensor mean) in _entries)
        {
            using Tensor kept = value.clone();
            value.copy_(mean);
            mean.copy_(kept);
        }
    }

    public void Dispose()
    {
        foreach ((_, _, Tensor mean) in _entries)
        {
            mean.Dispose();
        }
    }
}
