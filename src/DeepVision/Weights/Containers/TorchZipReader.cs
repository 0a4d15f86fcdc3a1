using System.Text;
using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>
/// PyTorch's container since 1.6: a zip archive with the pickle in <c>NAME/data.pkl</c> and each storage in
/// <c>NAME/data/KEY</c>. torch.save stores entries uncompressed; deflated ones, from archives zipped again, are read too.
/// </summary>
internal static class TorchZipReader
{
    private const string PickleName = "data.pkl";

    public static WeightFileContent Read(WeightSource file, WeightFileOptions options)
    {
        Dictionary<string, ZipEntry> entries = ZipDirectory.Read(file, options);
        string folder = FindFolder(file, entries);
        CheckByteOrder(file, entries, folder);
        WeightSource pickle = OpenWhole(file, entries[folder + PickleName], options);
        var torch = new TorchRebuilder();
        object? pickled = PickleReader.Read(new PickleInput(pickle, options.MaxMetadataBytes), torch);
        var sources = new Dictionary<string, WeightSource>();
        return TorchContent.Create(WeightFileFormat.TorchZip, file, pickled, torch, options, (storage, key) =>
        {
            if (sources.TryGetValue(storage.Key, out WeightSource? source))
            {
                return (source, 0);
            }

            string name = $"{folder}data/{storage.Key}";
            if (!entries.TryGetValue(name, out ZipEntry? entry))
            {
                throw file.Error($"the archive has no entry '{PrintableText.Of(name)}' for its storage", null, key);
            }

            if (entry.Length < storage.ByteCount)
            {
                throw file.Error($"its storage '{PrintableText.Of(name)}' has {entry.Length} bytes; expected {storage.ByteCount} ({storage.Count} x {storage.Type})", entry.DataOffset, key);
            }

            source = Open(file, entry);
            sources.Add(storage.Key, source);
            return (source, 0);
        });
    }

    private static string FindFolder(WeightSource file, Dictionary<string, ZipEntry> entries)
    {
        string[] pickles = [.. entries.Keys.Where(name => name == PickleName || (name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - PickleName.Length - 1))];
        if (pickles.Length != 1)
        {
            throw file.Error(pickles.Length == 0
                ? $"the zip archive has no '{PickleName}', so torch.save did not write it. {ForeignArchive.Describe(entries.Keys)}"
                : $"the zip archive has {pickles.Length} entries '{PickleName}'; expected one");
        }

        return pickles[0][..^PickleName.Length];
    }

    private static void CheckByteOrder(WeightSource file, Dictionary<string, ZipEntry> entries, string folder)
    {
        if (entries.TryGetValue(folder + "byteorder", out ZipEntry? entry))
        {
            byte[] text = new byte[(int)Math.Min(entry.Length, 16)];
            Open(file, entry).Read(0, text);
            string order = Encoding.Latin1.GetString(text).Trim();
            if (order != "little")
            {
                throw file.Error($"the file's byte order is '{PrintableText.Of(order)}'; only 'little' is read. Load and save it again on a little-endian machine", entry.DataOffset);
            }
        }
    }

    private static WeightSource Open(WeightSource file, ZipEntry entry)
    {
        var stored = new SliceWeightSource(file, entry.Name, entry.DataOffset, entry.StoredLength);
        return entry.IsDeflated ? new DeflatedWeightSource(stored, entry.Length) : stored;
    }

    private static WeightSource OpenWhole(WeightSource file, ZipEntry entry, WeightFileOptions options)
    {
        WeightSource source = Open(file, entry);
        if (!entry.IsDeflated)
        {
            return source;
        }

        if (entry.Length > options.MaxMetadataBytes)
        {
            throw file.Error($"'{PrintableText.Of(entry.Name)}' takes {entry.Length} bytes; at most {options.MaxMetadataBytes} are read ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxMetadataBytes)}); raise that limit if you trust the file", entry.DataOffset);
        }

        byte[] bytes = new byte[entry.Length];
        source.Read(0, bytes);
        return new MemoryWeightSource(source, bytes);
    }
}
