using System.Buffers.Binary;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>Recognises a weight file by its first bytes, and the files that people mistake for one.</summary>
internal static class WeightFormatDetector
{
    private const int TarMagicOffset = 257;

    public static WeightFileFormat Detect(WeightSource file)
    {
        Span<byte> head = stackalloc byte[TarMagicOffset + 5];
        head = head[..(int)Math.Min(head.Length, file.Length)];
        file.Read(0, head);
        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return WeightFileFormat.TorchZip;
        }

        if (head.Length >= 2 && head[0] == 0x80 && head[1] <= 5)
        {
            return WeightFileFormat.TorchLegacy;
        }

        if (head.Length > SafeTensorsReader.PrefixLength && head[SafeTensorsReader.PrefixLength] == (byte)'{'
            && BinaryPrimitives.ReadUInt64LittleEndian(head) < 1UL << 48)
        {
            return WeightFileFormat.SafeTensors;
        }

        throw file.Error($"{Describe(head)} Expected a PyTorch file (torch.save) or safetensors", 0);
    }

    private static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return "the file is empty.";
        }

        if (head.Length == TarMagicOffset + 5 && head[TarMagicOffset..].SequenceEqual("ustar"u8))
        {
            return "the file is a tar archive: PyTorch's format before version 0.1.10, or an archive to unpack first. Load and save it again with a newer PyTorch.";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return "the file is compressed by gzip; unpack it first.";
        }

        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "the file is a Git LFS pointer, not the weights; fetch them with 'git lfs pull'.";
        }

        if (head[0] == (byte)'<')
        {
            return "the file is a web page, not weights; the download address led to a page.";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']))
        {
            return "the file is HDF5 (Keras?), which is not read.";
        }

        return head.StartsWith("GGUF"u8) ? "the file is GGUF, which is not read." : "the file is of no known weight format.";
    }
}
