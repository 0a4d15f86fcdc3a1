using DeepVision.Tensors;

namespace DeepVision.Components;

/// <summary>What a <see cref="HostStep"/> gives.</summary>
/// <param name="Input">The shape of the next stage's input; one of batch 0 is not run, and the stage then has no outputs.</param>
/// <param name="WriteRows">Writes rows of that input, those from an index on, as many as fit into the memory given.</param>
/// <param name="Kept">What the task's decoding needs besides, by names that no output has.</param>
public sealed record HostStepResult(
    TensorShape Input, HostRowWriter WriteRows, IReadOnlyDictionary<string, HostTensor> Kept)
{
    /// <summary>
    /// Takes the memory back when nobody writes rows or reads what was kept any more; called at most once, and never where a caller
    /// holds on to the raw outputs. Default null: there is nothing to take back.
    /// </summary>
    public Action? Release { get; init; }
}
