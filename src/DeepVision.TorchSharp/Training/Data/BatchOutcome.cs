namespace DeepVision.Torch.Training.Data;

/// <summary>What came of reading a batch.</summary>
/// <param name="Batch">The batch; null where it failed.</param>
/// <param name="Indices">Which examples of the data it is made of.</param>
/// <param name="Failure">Why there is no batch; null where there is one.</param>
internal sealed record BatchOutcome<TExample>(PreparedBatch<TExample>? Batch, int[] Indices, TrainingException? Failure)
    where TExample : TrainingExample;
