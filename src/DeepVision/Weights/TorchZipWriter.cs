using System.IO.Compression;
using DeepVision.Tensors;
using DeepVision.Weights.Pickles;

namespace DeepVision.Weights;

/// <summary>
/// Writes a state dict as <c>torch.save(model.state_dict(), path)</c> does since PyTorch 1.6: a zip archive, uncompressed, with
/// an ordered dictionary of tensors, which <c>torch.load</c> reads, also with <c>weights_only=True</c>. The same tensors always
/// give the same bytes. One tensor at a time is in memory.
/// </summary>
public static class TorchZipWriter
{
    private const string Folder = "archive/";

    // The earliest time that a zip archive can hold, so that writing twice gives the same bytes.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file. It is written beside the target and renamed at the end, so no half-written file is ever seen.</summary>
    /// <param name="path">The file, by custom <c>.pth</c> or <c>.pt</c>; replaced if it is there.</param>
    /// <param name="tensors">Keys and tensors, in the order of the dictionary.</param>
    /// <param name="floatType">The type that floating-point tensors are stored as; null where every tensor keeps its own.</param>
    /// <exception cref="ArgumentException">A key occurs twice, or the type asked for is not a floating-point one.</exception>
    /// <exception cref="WeightsException">A tensor cannot be read, or a finite value is too large for the type asked for.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, WeightHandle>> tensors, WeightType? floatType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Write(stream, tensors, floatType));
    }

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">A writable, seekable stream; it stays open.</param>
    /// <param name="tensors">Keys and tensors, in the order of the dictionary.</param>
    /// <param name="floatType">The type that floating-point tensors are stored as; null where every tensor keeps its own.</param>
    /// <exception cref="ArgumentException">A key occurs twice, or the type asked for is not a floating-point one.</exception>
    /// <exception cref="WeightsException">A tensor cannot be read, or a finite value is too large for the type asked for.</exception>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, WeightHandle>> tensors, WeightType? floatType = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        if (floatType is { } asked && !asked.IsFloatingPoint())
        {
            throw new ArgumentException($"{nameof(floatType)} is {asked}; expected a floating-point type.", nameof(floatType));
        }

        var entries = new OrderedDictionary<string, (WeightHandle Handle, WeightType Type)>();
        foreach ((string key, WeightHandle handle) in tensors)
        {
            ArgumentNullException.ThrowIfNull(handle, nameof(tensors));
            if (!entries.TryAdd(key, (handle, floatType is { } type && handle.Type.IsFloatingPoint() ? type : handle.Type)))
            {
                throw new ArgumentException($"The key '{key}' occurs twice.", nameof(tensors));
            }
        }

        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (Stream pickle = Open(archive, "data.pkl"))
        {
            StateDictPickler.Write(pickle, [.. entries.Select(entry => (entry.Key, entry.Value.Handle.Shape, entry.Value.Type))]);
        }

        using (Stream order = Open(archive, "byteorder"))
        {
            order.Write("little"u8);
        }

        foreach ((int index, KeyValuePair<string, (WeightHandle Handle, WeightType Type)> entry) in entries.Index())
        {
            (WeightHandle handle, WeightType type) = entry.Value;
            long count = checked(handle.Shape.ElementCount * type.SizeInBytes());
            if (count > Array.MaxLength)
            {
                throw new WeightsException($"Tensor '{entry.Key}' takes {count} bytes; at most {Array.MaxLength} are written.") { Key = entry.Key };
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)count);
            WeightEncoding.Read(entry.Key, handle, type, bytes);
            using Stream storage = Open(archive, $"data/{index}");
            storage.Write(bytes);
        }

        using (Stream version = Open(archive, "version"))
        {
            version.Write("3\n"u8);
        }
    }

    private static Stream Open(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.CreateEntry(Folder + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        return entry.Open();
    }
}
