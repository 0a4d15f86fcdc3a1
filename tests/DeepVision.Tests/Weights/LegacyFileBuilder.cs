using System.Buffers.Binary;
using System.Text;

namespace DeepVision.Tests.Weights;

/// <summary>Makes files in PyTorch's legacy container from hand-written pickle opcodes, for what torch.save never writes.</summary>
internal sealed class LegacyFileBuilder
{
    private readonly MemoryStream _pickle = new();

    /// <summary>Where the object's pickle starts in the file: after the three pickles before it.</summary>
    public static int PickleStart => Head.Length;

    private static byte[] Head =>
    [
        0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
        0x80, 2, (byte)'M', 0xE9, 0x03, (byte)'.',
        0x80, 2, (byte)'}', (byte)'.',
    ];

    /// <summary>Appends raw opcodes, one byte a character.</summary>
    public LegacyFileBuilder Raw(string opcodes)
    {
        _pickle.Write(Encoding.Latin1.GetBytes(opcodes));
        return this;
    }

    public LegacyFileBuilder Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _pickle.WriteByte((byte)'X');
        WriteInt32(bytes.Length);
        _pickle.Write(bytes);
        return this;
    }

    /// <summary>Appends an integer of 64 bits.</summary>
    public LegacyFileBuilder Number(long number)
    {
        Raw("\u008A\u0008");
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _pickle.Write(bytes);
        return this;
    }

    /// <summary>Appends a key and a tensor over storage "s" of 24 float32 elements.</summary>
    public LegacyFileBuilder Tensor(string key, long offset, long[] sizes, long[] strides, long count = 24)
    {
        Text(key).Raw("ctorch._utils\n_rebuild_tensor\n((").Text("storage").Raw("ctorch\nFloatStorage\n").Text("s").Text("cpu");
        Number(count).Raw("NtQ").Number(offset);
        Tuple(sizes).Tuple(strides);
        return Raw("tR");
    }

    /// <summary>The file: one dictionary around all that was appended, and the storage "s", whose element i is i.</summary>
    public byte[] DictionaryFile(bool withStorage = true)
    {
        byte[] entries = _pickle.ToArray();
        return Assemble([(byte)'}', (byte)'(', .. entries, (byte)'u', (byte)'.'], withStorage);
    }

    /// <summary>The file, with exactly the opcodes that were appended as the object's pickle.</summary>
    public byte[] RawFile(bool withStorage = false) => Assemble(_pickle.ToArray(), withStorage);

    private static byte[] Assemble(byte[] pickle, bool withStorage)
    {
        using var file = new MemoryStream();
        file.Write(Head);
        file.Write(pickle);
        file.Write(withStorage ? [(byte)']', 0x8C, 1, (byte)'s', (byte)'a', (byte)'.'] : [(byte)']', (byte)'.']);
        if (withStorage)
        {
            file.Write(BitConverter.GetBytes(24L));
            for (int i = 0; i < 24; i++)
            {
                file.Write(BitConverter.GetBytes((float)i));
            }
        }

        return file.ToArray();
    }

    private LegacyFileBuilder Tuple(long[] numbers)
    {
        Raw("(");
        foreach (long number in numbers)
        {
            Number(number);
        }

        return Raw("t");
    }

    private void WriteInt32(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _pickle.Write(bytes);
    }
}
