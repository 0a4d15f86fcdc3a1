using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;

namespace DeepVision.Torch;

/// <content>Losses in training mode, for a training loop of the user's own.</content>
public sealed partial class VisionModule
{
    private object? _ownLoss;

    /// <summary>
    /// Runs the network in training mode and gives the losses that its task is trained with, as <see cref="TrainingLossCatalog.Default"/>
    /// has them: for a RetinaNet <c>classification</c> and <c>bbox_regression</c>, for a classifier <c>cross_entropy</c>.
    /// <c>Total.backward()</c> and a step of any TorchSharp optimizer make a training step. Used by one thread at a time.
    /// </summary>
    /// <typeparam name="TExample">The kind of example that holds the targets.</typeparam>
    /// <param name="batch">
    /// The images, prepared and on the module's device, and their targets in the pixels of that tensor; it stays the caller's.
    /// </param>
    /// <returns>The losses with their gradients' history; the caller disposes them. The raw outputs are freed.</returns>
    /// <exception cref="InvalidOperationException">The module is in evaluation mode.</exception>
    /// <exception cref="ArgumentException">
    /// The task has no loss for this kind of example, or a target cannot be learnt, for example because the model lacks its class.
    /// </exception>
    public LossValues Losses<TExample>(TrainingBatch<TExample> batch)
        where TExample : TrainingExample
    {
        if (_ownLoss is not ITrainingLoss<TExample> loss)
        {
            loss = TrainingLossCatalog.Default.Create<TExample>(Task);
            _ownLoss = loss;
        }

        return Losses(batch, loss);
    }

    /// <summary>Runs the network in training mode and gives the losses of a loss of choice.</summary>
    /// <typeparam name="TExample">The kind of example that holds the targets.</typeparam>
    /// <param name="batch">
    /// The images, prepared and on the module's device, and their targets in the pixels of that tensor; it stays the caller's.
    /// </param>
    /// <param name="loss">The loss, for example one with other options or of a head of one's own.</param>
    /// <returns>The losses with their gradients' history; the caller disposes them. The raw outputs are freed.</returns>
    /// <exception cref="InvalidOperationException">The module is in evaluation mode.</exception>
    /// <exception cref="ArgumentException">A target cannot be learnt, for example because the model lacks its class.</exception>
    public LossValues Losses<TExample>(TrainingBatch<TExample> batch, ITrainingLoss<TExample> loss)
        where TExample : TrainingExample
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        if (!training)
        {
            throw new InvalidOperationException(
                $"'{ModelName}' is in evaluation mode, in which it has answers and no losses. Call train() before {nameof(Losses)}.");
        }

        for (int i = 0; i < batch.Examples.Count; i++)
        {
            try
            {
                batch.Examples[i].Validate();
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException($"Example {i} of the batch cannot be learnt: {exception.Message}", nameof(batch), exception);
            }
        }

        return LossPass.Run(this, loss, batch);
    }
}
