using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Weights;

/// <summary>
/// The values behind a model's parameters: handles into files or memory, or initializers. Owns the files. Reading is
/// thread-safe; nothing is cached.
/// </summary>
public sealed class ModelWeights : ISlicedValues, IDisposable
{
    private readonly Dictionary<Parameter, WeightHandle> _handles = [];
    private readonly List<IDisposable> _files = [];
    private readonly List<WeightReport> _reports = [];
    private readonly IReadOnlyList<Parameter> _parameters;

    internal ModelWeights(IReadOnlyList<Parameter> parameters) => _parameters = parameters;

    /// <summary>What became of each file, in the order of loading.</summary>
    public IReadOnlyList<WeightReport> Reports => _reports;

    /// <summary>The seed that <see cref="Initialized"/> parameters start from; null where it was not asked for.</summary>
    public ulong? Seed { get; internal set; }

    /// <summary>Parameters that no file gave; batch counts do not count. They hold their initializers' values if a seed was given.</summary>
    public IReadOnlyList<Parameter> Initialized =>
        [.. _parameters.Where(parameter => parameter.Role != ParameterRole.BatchCount && !_handles.ContainsKey(parameter))];

    /// <summary>The handle behind a parameter, or null where no file gave it.</summary>
    public WeightHandle? Find(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return _handles.GetValueOrDefault(parameter);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="WeightsException">No file gave the parameter, and no seed was given.</exception>
    public void Read(Parameter parameter, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (destination.Length != parameter.Shape.ElementCount)
        {
            throw new ArgumentException(
                $"'{parameter.Name}' has {parameter.Shape.ElementCount} elements; the destination has {destination.Length}.", nameof(destination));
        }

        if (parameter.Derivation is { } derivation)
        {
            derivation.Evaluate(this, destination);
        }
        else if (_handles.TryGetValue(parameter, out WeightHandle? handle))
        {
            handle.ReadFloats(destination);
        }
        else if (parameter.Role == ParameterRole.BatchCount)
        {
            destination.Clear();
        }
        else if (Seed is { } seed)
        {
            parameter.Initializer.Fill(destination, parameter.Name, seed);
        }
        else
        {
            throw new WeightsException(
                $"Nothing gave values to '{parameter.Name}' ({parameter.Shape}). Load weights, or ask for initial values with InitializeWeights(seed).")
            {
                Key = parameter.Name,
            };
        }
    }

    bool ISlicedValues.CanSlice(Parameter parameter) => parameter.Derivation is { } derivation
        ? derivation.CanSlice(this)
        : _handles.TryGetValue(parameter, out WeightHandle? handle) && handle.CanSlice;

    void ISlicedValues.ReadSlice(Parameter parameter, long first, Span<float> destination)
    {
        if (parameter.Derivation is { } derivation)
        {
            derivation.EvaluateSlice(this, first, destination);
        }
        else
        {
            _handles[parameter].ReadSlice(first, destination);
        }
    }

    /// <summary>Requires that every parameter has values.</summary>
    /// <exception cref="WeightsException">Some have none; the message lists them.</exception>
    public void EnsureComplete()
    {
        IReadOnlyList<Parameter> initialized = Initialized;
        if (Seed is null && initialized.Count > 0)
        {
            string more = initialized.Count > 10 ? $" and {initialized.Count - 10} more" : "";
            throw new WeightsException(
                $"Nothing gave values to {initialized.Count} of {_parameters.Count} parameters: "
                + $"{string.Join(", ", initialized.Take(10).Select(p => p.Name))}{more}. "
                + "Load weights for them, or ask for initial values with InitializeWeights(seed).")
            {
                Key = initialized[0].Name,
            };
        }
    }

    /// <summary>Writes all values to a safetensors file under the parameters' names, atomically.</summary>
    /// <param name="path">The file to write or replace.</param>
    /// <param name="type">How floating-point values are stored. Default float32.</param>
    /// <exception cref="WeightsException">A parameter has no values.</exception>
    /// <exception cref="IOException">The file cannot be written; an older one stays as it was.</exception>
    public void Save(string path, WeightType type = WeightType.Float32)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        EnsureComplete();
        SafeTensorsWriter.Write(
            path,
            _parameters.Select(parameter =>
                new KeyValuePair<string, WeightHandle>(parameter.Name, new ParameterWeightHandle(this, parameter))),
            new SafeTensorsWriterOptions { FloatType = type });
    }

    /// <summary>Closes the files; reading fails afterwards for parameters that they gave.</summary>
    public void Dispose()
    {
        foreach (IDisposable file in _files)
        {
            file.Dispose();
        }

        _files.Clear();
    }

    internal void Set(Parameter parameter, WeightHandle handle) => _handles[parameter] = handle;

    internal void Own(IDisposable file) => _files.Add(file);

    internal void Add(WeightReport report) => _reports.Add(report);
}
