using System.Buffers.Binary;
using System.Numerics;
using DeepVision.Tensors;
using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>
/// PyTorch's container before 1.6: pickles of a magic number, a version, facts about the machine, the object and the list
/// of storage keys; then each storage as an element count (64 bits) and its elements, in the order of that list.
/// </summary>
internal static class TorchLegacyReader
{
    private const int Version = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    public static WeightFileContent Read(WeightSource file, WeightFileOptions options)
    {
        var input = new PickleInput(file, options.MaxMetadataBytes);
        var torch = new TorchRebuilder();
        object? first = PickleReader.Read(input, torch);
        if (first is not BigInteger magic || magic != Magic)
        {
            return ReadPlainPickle(file, first, torch, options);
        }

        long at = input.Position;
        object? version = PickleReader.Read(input, torch);
        if (version is not (long)Version)
        {
            throw file.Error($"version {(version is long ? version : "(not a number)")} of PyTorch's legacy container; {Version} is the only one that exists", at);
        }

        at = input.Position;
        if (PickleReader.Read(input, torch) is not PickleDictionary machine)
        {
            throw file.Error("the facts about the writing machine are missing", at);
        }

        if (machine.Entries.GetValueOrDefault("little_endian") is false)
        {
            throw file.Error("the file was written on a big-endian machine; load and save it again on a little-endian one", at);
        }

        object? pickled = PickleReader.Read(input, torch);
        at = input.Position;
        if (PickleReader.Read(input, torch) is not List<object?> keys)
        {
            throw file.Error("the list of storages is missing", at);
        }

        Dictionary<string, long> starts = LocateStorages(file, torch, keys, input.Position);
        return TorchContent.Create(WeightFileFormat.TorchLegacy, file, pickled, torch, options, (storage, key) =>
            starts.TryGetValue(storage.Key, out long start)
                ? (file, start)
                : throw file.Error($"its storage '{PrintableText.Of(storage.Key)}' is not among the {starts.Count} storages of the file", storage.PickleOffset, key));
    }

    // pickle.dump of NumPy arrays, as detectron2 and PaddlePaddle publish weights.
    private static WeightFileContent ReadPlainPickle(WeightSource file, object? pickled, TorchRebuilder torch, WeightFileOptions options)
    {
        try
        {
            return TorchContent.Create(WeightFileFormat.Pickle, file, pickled, torch, options, (storage, key) =>
                throw file.Error("a plain pickle has no storages", storage.PickleOffset, key));
        }
        catch (WeightsException exception) when (pickled is not (NumpyArray or UnreadableTensor))
        {
            throw new WeightsException(
                $"{exception.Message} The file is a Python pickle, but not one of torch.save's; save the weights with torch.save(model.state_dict(), path).", exception)
            {
                FileName = exception.FileName,
                Offset = exception.Offset,
                Key = exception.Key,
            };
        }
    }

    private static Dictionary<string, long> LocateStorages(WeightSource file, TorchRebuilder torch, List<object?> keys, long at)
    {
        var starts = new Dictionary<string, long>();
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (object? item in keys)
        {
            if (item is not string key || !torch.Storages.TryGetValue(key, out TorchStorage? storage))
            {
                throw file.Error($"storage '{PrintableText.Of(item as string ?? "(not a text)")}' is listed, but no tensor names it", at);
            }

            if (storage.Type.SizeInBytes == 0)
            {
                throw file.Error($"storage '{PrintableText.Of(key)}' has elements of the unknown type '{storage.Type.Name}', so what follows cannot be found", at);
            }

            file.Read(at, count);
            long found = BinaryPrimitives.ReadInt64LittleEndian(count);
            if (found != storage.Count)
            {
                throw file.Error($"storage '{PrintableText.Of(key)}' has {found} elements here; expected {storage.Count}, as the pickle says", at);
            }

            at += count.Length;
            if (storage.ByteCount > file.Length - at)
            {
                throw file.Error($"storage '{PrintableText.Of(key)}' needs {storage.ByteCount} bytes, but only {file.Length - at} are left; the file is truncated", at);
            }

            if (!starts.TryAdd(key, at))
            {
                throw file.Error($"storage '{PrintableText.Of(key)}' is listed twice", at);
            }

            at += storage.ByteCount;
        }

        return starts;
    }
}
