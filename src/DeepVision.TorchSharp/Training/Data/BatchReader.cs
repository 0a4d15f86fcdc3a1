using DeepVision.Preprocessing;
using DeepVision.Torch.Training.Augmentations;

namespace DeepVision.Torch.Training.Data;

/// <summary>Reads, augments and prepares the batch of a number. Thread-safe where the data is.</summary>
internal sealed class BatchReader<TExample>(ITrainingData<TExample> data, ImagePreprocessing preprocessing, LoaderOptions options, EpochOrder order)
    where TExample : TrainingExample
{
    /// <summary>The batch, or why there is none: nothing is thrown but for a cancellation.</summary>
    /// <param name="number">The batch's number over all epochs.</param>
    /// <param name="closing">Ends the reading between two examples.</param>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public BatchOutcome<TExample> Read(long number, CancellationToken closing)
    {
        int[] indices = [];
        int at = 0;
        try
        {
            (long epoch, indices) = order.Batch(number);
            var examples = new TExample[indices.Length];
            for (; at < examples.Length; at++)
            {
                closing.ThrowIfCancellationRequested();
                examples[at] = Read(epoch, indices[at]);
            }

            return new BatchOutcome<TExample>(BatchPreparation.Run(preprocessing, examples), indices, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !closing.IsCancellationRequested)
        {
            string name = at < indices.Length ? NameOf(indices[at])
                : indices.Length > 0 ? $"batch of {string.Join(", ", indices.Select(NameOf))}"
                : $"batch {number}";
            return new BatchOutcome<TExample>(
                null, indices, new TrainingException($"{name} cannot be trained on: {exception.Message}", exception) { Example = name });
        }
    }

    private TExample Read(long epoch, int index)
    {
        TExample example = data.Get(index) ?? throw new InvalidOperationException("The data gave null.");
        example.Validate();
        if (options.Augmentations.Count > 0)
        {
            var random = new ExampleRandom(options.Seed, epoch, index);
            foreach (Augmentation augmentation in options.Augmentations)
            {
                example = augmentation.Apply(example, random);
            }
        }

        return example;
    }

    private string NameOf(int index)
    {
        try
        {
            return data.NameOf(index);
        }
        catch (Exception exception)
        {
            return $"example {index} (its name cannot be told: {exception.Message})";
        }
    }
}
