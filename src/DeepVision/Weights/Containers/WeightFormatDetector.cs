using System.Buffers.Binary;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>Recognizes a weight file by its first bytes, and the files that people mistake for one.</summary>
internal static class WeightFormatDetector
{
    private const int TarMagicOffset = 257;
    private const byte PickleMark = 0x80;
    private const int HighestProtocol = 5;

    public static WeightFileFormat Detect(WeightSource file)
    {
        Span<byte> head = stackalloc byte[TarMagicOffset + 5];
        head = head[..(int)Math.Min(head.Length, file.Length)];
        file.Read(0, head);
        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return WeightFileFormat.TorchZip;
        }

        // Before pickles, whose first bytes are those of a header of 128, 384 ... bytes as well.
        if (head.Length > SafeTensorsReader.PrefixLength && head[SafeTensorsReader.PrefixLength] == (byte)'{')
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(head);
            if (length <= (ulong)(file.Length - SafeTensorsReader.PrefixLength) || (length < 1UL << 48 && head[0] != PickleMark))
            {
                return WeightFileFormat.SafeTensors;
            }
        }

        if (head.Length >= 2 && head[0] == PickleMark && head[1] <= HighestProtocol)
        {
            return WeightFileFormat.TorchLegacy;
        }

        if (LooksLikeTextPickle(head))
        {
            return WeightFileFormat.TorchLegacy;
        }

        string what = ForeignFile.Describe(head, file.FileName);
        throw file.Error($"{what} Expected a PyTorch file (torch.save) or safetensors", 0);
    }

    // Protocols 0 and 1 have no mark of their own: what Python 2 begins a dictionary or an object with.
    private static bool LooksLikeTextPickle(ReadOnlySpan<byte> head) =>
        head.StartsWith("(dp"u8) || head.StartsWith("(lp"u8) || head.StartsWith("}q"u8) || head.StartsWith("]q"u8)
        || head.StartsWith("ccollections\n"u8) || head.StartsWith("ccopy_reg\n"u8) || head.StartsWith("cnumpy"u8);
}
