using DeepVision.Torch.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Losses;

/// <summary>Forward and loss of one batch.</summary>
internal static class LossPass
{
    /// <summary>The losses, in the dispose scope that is open; everything else that was made on the way is freed.</summary>
    public static LossValues Run<TExample>(
        nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module, ITrainingLoss<TExample> loss, TrainingBatch<TExample> batch)
        where TExample : TrainingExample
    {
        using DisposeScope scope = NewDisposeScope();
        LossValues values = loss.Compute(module.call(batch.Images), batch);

        // The total of a single part is that part; moved twice it would leave the outer scope too.
        foreach (Tensor value in values.Parts.Select(part => part.Value).Append(values.Total))
        {
            if (scope.Contains(value))
            {
                scope.MoveToOuter(value);
            }
        }

        return values;
    }
}
