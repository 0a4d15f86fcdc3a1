using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DeepVision.Tensors;

namespace DeepVision.Weights.Pickles;

/// <summary>
/// Writes the pickle of a state dict, protocol 2: an ordered dictionary from keys to tensors, each over a storage of its own
/// that is named by its number.
/// </summary>
internal static class StateDictPickler
{
    internal static void Write(Stream stream, IReadOnlyList<(string Key, TensorShape Shape, WeightType Type)> tensors)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 2]);
        OrderedDictionary(pickle);
        pickle.WriteByte((byte)'(');
        for (int i = 0; i < tensors.Count; i++)
        {
            Text(pickle, tensors[i].Key);
            Tensor(pickle, tensors[i].Shape, tensors[i].Type, i);
        }

        pickle.Write("u."u8);
        pickle.Position = 0;
        pickle.CopyTo(stream);
    }

    // torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)
    private static void Tensor(MemoryStream pickle, TensorShape shape, WeightType type, int index)
    {
        Global(pickle, "torch._utils", "_rebuild_tensor_v2");
        pickle.Write("(("u8);
        Text(pickle, "storage");
        Global(pickle, "torch", StorageOf(type));
        Text(pickle, index.ToString(CultureInfo.InvariantCulture));
        Text(pickle, "cpu");
        Integer(pickle, shape.ElementCount);
        pickle.Write("tQ"u8);
        Integer(pickle, 0);
        long[] strides = new long[shape.Rank];
        long stride = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride = checked(stride * Math.Max(1, shape[i]));
        }

        Tuple(pickle, [.. shape.ToArray().Select(extent => (long)extent)]);
        Tuple(pickle, strides);
        pickle.WriteByte(0x89);
        OrderedDictionary(pickle);
        pickle.Write("tR"u8);
    }

    private static string StorageOf(WeightType type) => type switch
    {
        WeightType.Float32 => "FloatStorage",
        WeightType.Float64 => "DoubleStorage",
        WeightType.Float16 => "HalfStorage",
        WeightType.BFloat16 => "BFloat16Storage",
        WeightType.Int64 => "LongStorage",
        WeightType.Int32 => "IntStorage",
        WeightType.Int16 => "ShortStorage",
        WeightType.Int8 => "CharStorage",
        WeightType.UInt8 => "ByteStorage",
        WeightType.Boolean => "BoolStorage",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "PyTorch has no storage of this type."),
    };

    private static void OrderedDictionary(MemoryStream pickle)
    {
        Global(pickle, "collections", "OrderedDict");
        pickle.Write(")R"u8);
    }

    private static void Global(MemoryStream pickle, string module, string name) =>
        pickle.Write(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    private static void Text(MemoryStream pickle, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        pickle.WriteByte((byte)'X');
        pickle.Write(length);
        pickle.Write(bytes);
    }

    private static void Tuple(MemoryStream pickle, long[] values)
    {
        if (values.Length == 0)
        {
            pickle.WriteByte((byte)')');
            return;
        }

        pickle.WriteByte((byte)'(');
        foreach (long value in values)
        {
            Integer(pickle, value);
        }

        pickle.WriteByte((byte)'t');
    }

    private static void Integer(MemoryStream pickle, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        if (value is >= 0 and <= byte.MaxValue)
        {
            pickle.Write([(byte)'K', bytes[0]]);
        }
        else if (value is >= int.MinValue and <= int.MaxValue)
        {
            pickle.WriteByte((byte)'J');
            pickle.Write(bytes[..4]);
        }
        else
        {
            // LONG1: a byte count, then a little-endian two's complement.
            pickle.Write([0x8A, sizeof(long)]);
            pickle.Write(bytes);
        }
    }
}
