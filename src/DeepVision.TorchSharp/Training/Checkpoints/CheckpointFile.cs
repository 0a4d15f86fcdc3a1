using DeepVision.Weights;
using TorchSharp;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>
/// Writes and reads a run's checkpoint: safetensors with <c>model.</c>, <c>average.</c> and <c>optimizer.</c> before the keys,
/// and the rest in its metadata. A file is written beside its place and moved there when it is whole and on the disk.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Writes tensors; what stood there before stays until the new file is whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path,
        IEnumerable<KeyValuePair<string, torch.Tensor>> tensors,
        IReadOnlyDictionary<string, string> metadata,
        Func<string, Stream> create)
    {
        string temporary = $"{path}.tmp";
        try
        {
            using (Stream stream = create(temporary))
            {
                SafeTensorsWriter.Write(
                    stream,
                    tensors.Select(entry => KeyValuePair.Create(entry.Key, (WeightHandle)new TensorWeightHandle(entry.Key, entry.Value))),
                    new SafeTensorsWriterOptions { Metadata = metadata });
                stream.Flush();
                (stream as FileStream)?.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads a checkpoint into tensors of the same names and shapes.</summary>
    /// <exception cref="TrainingException">The file is no checkpoint, or one of another model.</exception>
    /// <exception cref="WeightsException">The file is damaged.</exception>
    public static TrainingState Read(string path, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        using WeightFile file = WeightFile.Open(path);
        TrainingState state = ReadState(path, file);
        string[] missing = [.. tensors.Keys.Where(name => !file.Tensors.ContainsKey(name))];
        string[] unknown = [.. file.Tensors.Keys.Where(name => !tensors.ContainsKey(name))];
        string[] wrong =
        [
            .. tensors.Where(entry => file.Tensors.TryGetValue(entry.Key, out WeightHandle? handle)
                    && !handle.Shape.ToArray().Select(extent => (long)extent).SequenceEqual(entry.Value.shape))
                .Select(entry => $"{entry.Key} ({file.Tensors[entry.Key].Shape} for {string.Join('x', entry.Value.shape)})"),
        ];
        if (missing.Length + unknown.Length + wrong.Length > 0)
        {
            throw new TrainingException(
                $"'{path}' is a checkpoint of another model or another optimiser. Missing: {List(missing)}; unknown: {List(unknown)}; of another shape: {List(wrong)}.")
            {
                Checkpoint = path,
            };
        }

        foreach ((string name, torch.Tensor tensor) in tensors)
        {
            Load(file.Tensors[name], tensor);
        }

        return state;
    }

    /// <summary>Reads plain weights, as of the best checkpoint, into tensors of the same names.</summary>
    public static void ReadWeights(string path, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        using WeightFile file = WeightFile.Open(path);
        foreach ((string name, torch.Tensor tensor) in tensors)
        {
            Load(file.Tensors[name], tensor);
        }
    }

    private static TrainingState ReadState(string path, WeightFile file)
    {
        try
        {
            return TrainingState.FromMetadata(file.Metadata);
        }
        catch (FormatException exception)
        {
            throw new TrainingException($"'{path}' is no checkpoint of a training run: {exception.Message}.", exception);
        }
    }

    private static void Load(WeightHandle from, torch.Tensor into)
    {
        var values = new float[from.Shape.ElementCount];
        from.ReadFloats(values);
        using IDisposable noGrad = torch.no_grad();
        using torch.Tensor flat = torch.tensor(values);
        using torch.Tensor source = flat.reshape(into.shape);
        into.copy_(source);
    }

    private static string List(string[] names) =>
        names.Length == 0 ? "none" : string.Join(", ", names.Take(5)) + (names.Length > 5 ? $" and {names.Length - 5} more" : "");
}
