using DeepVision.Weights;
using TorchSharp;

namespace DeepVision.Torch.Training.Checkpoints;

/// <summary>
/// Writes a run's files as safetensors: beside their place, and moved there when they are whole and on the disk. A checkpoint has
/// <c>model.</c>, <c>average.</c> and <c>optimizer.</c> before the keys, and the rest in its metadata.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Writes tensors, bit by bit; what stood there before stays until the new file is whole.</summary>
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

    /// <summary>Reads plain weights, as of the best checkpoint, into tensors of the same names.</summary>
    public static void ReadWeights(string path, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        using WeightFile file = WeightFile.Open(path);
        foreach ((string name, torch.Tensor tensor) in tensors)
        {
            ParameterTransfer.Copy(file.Tensors[name], tensor);
        }
    }
}
