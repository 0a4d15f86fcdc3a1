using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Normalises each channel: over the batch while training, and by the running statistics in evaluation. Without running statistics it takes
/// those of the batch always.
/// </summary>
public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        CheckInput(input);
        var (mean, variance, isTraining) = (running_mean, running_var, training);
        var factor = momentum ?? 0;
        if (isTraining && num_batches_tracked is { } batches)
        {
            batches.add_(1);
            factor = momentum ?? 1.0 / batches.item<long>();
        }

        return nn.functional.batch_norm(input, mean, variance, affine ? weight : null, bias, isTraining || mean is null, factor, eps);
    }
}
