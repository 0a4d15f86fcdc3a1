namespace DeepVision.Torch.Training.Data;

/// <summary>Makes <see cref="ITrainingData{TExample}"/> of a function or a list.</summary>
public static class TrainingData
{
    /// <summary>Data that a function reads or generates.</summary>
    /// <typeparam name="TExample">The kind of example.</typeparam>
    /// <param name="count">How many examples there are.</param>
    /// <param name="get">Reads one example; called from several threads at once.</param>
    /// <param name="nameOf">What messages call an example; null for its number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static ITrainingData<TExample> Create<TExample>(int count, Func<int, TExample> get, Func<int, string>? nameOf = null)
        where TExample : TrainingExample
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(get);
        return new FunctionData<TExample>(count, get, nameOf);
    }

    /// <summary>Data in memory.</summary>
    /// <typeparam name="TExample">The kind of example.</typeparam>
    /// <param name="examples">The examples; not copied.</param>
    public static ITrainingData<TExample> FromList<TExample>(IReadOnlyList<TExample> examples)
        where TExample : TrainingExample
    {
        ArgumentNullException.ThrowIfNull(examples);
        return Create(examples.Count, index => examples[index]);
    }

    private sealed class FunctionData<TExample>(int count, Func<int, TExample> get, Func<int, string>? nameOf) : ITrainingData<TExample>
        where TExample : TrainingExample
    {
        public int Count => count;

        public TExample Get(int index) => get(index);

        public string NameOf(int index) => nameOf?.Invoke(index) ?? $"example {index}";
    }
}
