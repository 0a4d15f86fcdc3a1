namespace DeepVision.Torch.Training.Data;

/// <summary>
/// Examples to learn from or to measure with: a folder, a table, a generator. <see cref="Get"/> is called from several threads
/// at once and should do the slow work, such as decoding a file.
/// </summary>
/// <typeparam name="TExample">The kind of example.</typeparam>
public interface ITrainingData<out TExample>
    where TExample : TrainingExample
{
    /// <summary>How many examples there are; does not change.</summary>
    int Count { get; }

    /// <summary>Reads one example; the same index always gives the same one.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    TExample Get(int index);

    /// <summary>What error messages call an example, for example its file. Default: its number.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    string NameOf(int index) => $"example {index}";
}
