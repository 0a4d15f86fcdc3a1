using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>
/// Writes a state dict in the container that PyTorch used before 1.6, as torch.save does: four pickles (magic number,
/// protocol, system, the object), the list of storage keys, then each storage as element count and elements. Tensors are
/// float32 but for the int64 batch counters, which are all 7.
/// </summary>
internal static class LegacyCheckpoint
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Keys and shapes, in order.</param>
    /// <param name="values">Gives a tensor's row-major values.</param>
    internal static void Write(string path, IReadOnlyList<(string Key, TensorShape Shape)> tensors, Func<string, float[]> values)
    {
        using FileStream stream = File.Create(path);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write([0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.']);
        writer.Write([0x80, 2, (byte)'M', 0xE9, 0x03, (byte)'.']);
        WriteSystem(writer);
        WriteDictionary(writer, tensors);
        WriteStorageKeys(writer, tensors.Count);
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach ((string key, TensorShape shape) in tensors)
        {
            BinaryPrimitives.WriteInt64LittleEndian(count, shape.ElementCount);
            writer.Write(count);
            if (IsCounter(key))
            {
                writer.Write(7L);
                continue;
            }

            writer.Write(MemoryMarshal.AsBytes(values(key).AsSpan()));
        }
    }

    private static void WriteSystem(BinaryWriter writer)
    {
        writer.Write([0x80, 2, (byte)'}', (byte)'(']);
        WriteText(writer, "protocol_version");
        WriteInteger(writer, 1001);
        WriteText(writer, "little_endian");
        writer.Write((byte)0x88);
        WriteText(writer, "type_sizes");
        writer.Write([(byte)'}', (byte)'(']);
        foreach ((string name, int size) in new[] { ("short", 2), ("int", 4), ("long", 4) })
        {
            WriteText(writer, name);
            WriteInteger(writer, size);
        }

        writer.Write("uu."u8);
    }

    private static void WriteDictionary(BinaryWriter writer, IReadOnlyList<(string Key, TensorShape Shape)> tensors)
    {
        writer.Write([0x80, 2]);
        writer.Write("ccollections\nOrderedDict\n)R("u8);
        for (int i = 0; i < tensors.Count; i++)
        {
            (string key, TensorShape shape) = tensors[i];
            WriteText(writer, key);
            writer.Write("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
            WriteText(writer, "storage");
            writer.Write(IsCounter(key) ? "ctorch\nLongStorage\n"u8 : "ctorch\nFloatStorage\n"u8);
            WriteText(writer, StorageKey(i));
            WriteText(writer, "cpu");
            WriteInteger(writer, checked((int)shape.ElementCount));
            writer.Write("NtQ"u8);
            WriteInteger(writer, 0);
            int[] strides = new int[shape.Rank];
            for (int d = shape.Rank - 1, stride = 1; d >= 0; stride *= shape[d], d--)
            {
                strides[d] = stride;
            }

            WriteTuple(writer, shape.ToArray());
            WriteTuple(writer, strides);
            writer.Write((byte)0x89);
            writer.Write("ccollections\nOrderedDict\n)RtR"u8);
        }

        writer.Write("u."u8);
    }

    private static void WriteStorageKeys(BinaryWriter writer, int count)
    {
        writer.Write([0x80, 2, (byte)']', (byte)'(']);
        for (int i = 0; i < count; i++)
        {
            WriteText(writer, StorageKey(i));
        }

        writer.Write("e."u8);
    }

    private static bool IsCounter(string key) => key.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string StorageKey(int index) => (94_000_000_000_000 + (index * 64L)).ToString(CultureInfo.InvariantCulture);

    private static void WriteTuple(BinaryWriter writer, int[] values)
    {
        writer.Write((byte)'(');
        foreach (int value in values)
        {
            WriteInteger(writer, value);
        }

        writer.Write((byte)'t');
    }

    private static void WriteInteger(BinaryWriter writer, int value)
    {
        writer.Write((byte)'J');
        writer.Write(value);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((byte)'X');
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }
}
