using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeepVision.Tensors;
using DeepVision.Weights.Containers;

namespace DeepVision.Weights;

/// <summary>
/// Writes weights as safetensors. The same tensors, metadata and options always give the same bytes. One tensor at a time is
/// in memory. The header names tensors in the order given; the data stand by element size, largest first, so that each
/// tensor is aligned to its element.
/// </summary>
public static class SafeTensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file. It is written beside the target and renamed at the end, so no half-written file is ever seen.</summary>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="tensors">Names and tensors, for example <see cref="WeightFile.Tensors"/>.</param>
    /// <param name="options">Types and metadata; null for the defaults.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, or the type asked for is not a floating-point one.</exception>
    /// <exception cref="WeightsException">A tensor cannot be read, or a finite value is too large for the type asked for.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, WeightHandle>> tensors, SafeTensorsWriterOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Write(stream, tensors, options));
    }

    /// <summary>Writes to a stream, from its position on. The stream stays open.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{KeyValuePair{string, WeightHandle}}, SafeTensorsWriterOptions?)"/>
    /// <param name="stream">A writable stream.</param>
    /// <param name="tensors">Names and tensors, for example <see cref="WeightFile.Tensors"/>.</param>
    /// <param name="options">Types and metadata; null for the defaults.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, WeightHandle>> tensors, SafeTensorsWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        options ??= new SafeTensorsWriterOptions();
        if (options.FloatType is WeightType type && !type.IsFloatingPoint())
        {
            throw new ArgumentException($"{nameof(options.FloatType)} is {type}; expected a floating-point type.", nameof(options));
        }

        var entries = new OrderedDictionary<string, Entry>();
        foreach ((string name, WeightHandle handle) in tensors)
        {
            ArgumentNullException.ThrowIfNull(handle, nameof(tensors));
            if (name == SafeTensorsReader.MetadataName || !entries.TryAdd(name, new Entry(name, handle, TypeOf(handle, options))))
            {
                throw new ArgumentException($"The name '{name}' occurs twice or is reserved.", nameof(tensors));
            }
        }

        Entry[] inDataOrder = [.. entries.Values.OrderByDescending(entry => entry.Type.SizeInBytes())];
        long offset = 0;
        foreach (Entry entry in inDataOrder)
        {
            entry.Begin = offset;
            offset = checked(offset + entry.ByteCount);
        }

        WriteHeader(stream, entries.Values, options.Metadata);
        byte[] buffer = [];
        foreach (Entry entry in inDataOrder)
        {
            if (entry.ByteCount > Array.MaxLength)
            {
                throw new WeightsException($"Tensor '{entry.Name}' takes {entry.ByteCount} bytes; at most {Array.MaxLength} are written.") { Key = entry.Name };
            }

            if (buffer.Length < entry.ByteCount)
            {
                buffer = GC.AllocateUninitializedArray<byte>((int)entry.ByteCount);
            }

            Span<byte> bytes = buffer.AsSpan(0, (int)entry.ByteCount);
            WeightEncoding.Read(entry.Name, entry.Handle, entry.Type, bytes);
            stream.Write(bytes);
        }
    }

    private static WeightType TypeOf(WeightHandle handle, SafeTensorsWriterOptions options) =>
        options.FloatType is WeightType type && handle.Type.IsFloatingPoint() ? type : handle.Type;

    private static void WriteHeader(Stream stream, IEnumerable<Entry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafeTensorsReader.MetadataName);
                foreach ((string name, string text) in metadata)
                {
                    json.WriteString(name, text);
                }

                json.WriteEndObject();
            }

            foreach (Entry entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", SafeTensorsTypes.NameOf(entry.Type));
                json.WriteStartArray("shape");
                for (int i = 0; i < entry.Handle.Shape.Rank; i++)
                {
                    json.WriteNumberValue(entry.Handle.Shape[i]);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(entry.Begin);
                json.WriteNumberValue(entry.Begin + entry.ByteCount);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The format asks for an 8-byte aligned header, filled up with spaces.
        while (header.Length % Alignment != 0)
        {
            header.WriteByte((byte)' ');
        }

        Span<byte> length = stackalloc byte[SafeTensorsReader.PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
    }

    private sealed class Entry(string name, WeightHandle handle, WeightType type)
    {
        public string Name => name;

        public WeightHandle Handle => handle;

        public WeightType Type => type;

        public long Begin { get; set; }

        public long ByteCount { get; } = checked(handle.Shape.ElementCount * type.SizeInBytes());
    }
}
