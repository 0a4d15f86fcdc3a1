using DeepVision.Weights;
using TorchSharp;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>A run's checkpoint that is there: first what it says of itself, then whether it fits, and only then its tensors.</summary>
internal sealed class SavedCheckpoint : IDisposable
{
    private readonly string _path;
    private readonly WeightFile _file;

    /// <exception cref="TrainingException">The file is no checkpoint.</exception>
    /// <exception cref="WeightsException">The file is damaged.</exception>
    public SavedCheckpoint(string path)
    {
        _path = path;
        _file = WeightFile.Open(path);
        try
        {
            State = TrainingState.FromMetadata(_file.Metadata);
        }
        catch (FormatException exception)
        {
            _file.Dispose();
            throw new TrainingException($"'{path}' is no checkpoint to resume from: {exception.Message}.", exception);
        }
    }

    /// <summary>Where the run stood.</summary>
    public TrainingState State { get; }

    /// <summary>Requires that the file holds exactly these tensors, in their shapes and types.</summary>
    /// <exception cref="TrainingException">It holds others; the message lists them.</exception>
    public void RequireFit(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        string[] missing = [.. tensors.Keys.Where(name => !_file.Tensors.ContainsKey(name))];
        string[] unknown = [.. _file.Tensors.Keys.Where(name => !tensors.ContainsKey(name))];
        string[] wrong =
        [
            .. from entry in tensors
               where _file.Tensors.ContainsKey(entry.Key)
               let found = _file.Tensors[entry.Key]
               let type = TensorWeightHandle.TypeOf(entry.Key, entry.Value)
               where found.Type != type || !ParameterTransfer.HasShape(entry.Value, found.Shape)
               select $"{entry.Key} (expected {TensorWeightHandle.ShapeOf(entry.Value)} {type}, found {found.Shape} {found.Type})",
        ];
        if (missing.Length + unknown.Length + wrong.Length > 0)
        {
            throw new TrainingException(
                $"'{_path}' is a checkpoint of another model. Missing: {List(missing)}; unknown: {List(unknown)}; of another shape or type: {List(wrong)}. "
                + "Resume with the same model or take another folder.");
        }
    }

    /// <summary>Reads the file into tensors that fit.</summary>
    public void ReadInto(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        foreach ((string name, torch.Tensor tensor) in tensors)
        {
            ParameterTransfer.Copy(_file.Tensors[name], tensor);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string List(string[] names) => names.Length == 0 ? "none" : FiniteNumbers.List(names);
}
