using DeepVision.Torch.Training.Data;
using TorchSharp;

namespace DeepVision.Torch.Training.Losses;

/// <summary>
/// What a head's raw outputs are worth beside the truth. Implement it for a head of your own and add it to a
/// <see cref="TrainingLossCatalog"/> under the head's task. Used by one thread at a time.
/// </summary>
/// <typeparam name="TExample">The kind of example that holds the truth.</typeparam>
public interface ITrainingLoss<TExample>
    where TExample : TrainingExample
{
    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="outputs">The network's raw outputs by name, with their gradients' history.</param>
    /// <param name="batch">What they are outputs for.</param>
    /// <returns>The loss and its parts; they belong to the caller.</returns>
    /// <exception cref="ArgumentException">An example does not fit the model, for example by its class.</exception>
    LossValues Compute(IReadOnlyDictionary<string, torch.Tensor> outputs, TrainingBatch<TExample> batch);

    /// <summary>
    /// What the loss is and how it is set, in a line. Checkpoints hold it, and a run goes on from one only with the same text: name
    /// every option. Default: the type's name.
    /// </summary>
    string Describe() => GetType().Name;
}
