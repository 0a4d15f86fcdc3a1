using DeepVision.Imaging.Headers;

namespace DeepVision.Imaging.Codecs;

/// <summary>Reduces a PNG file to the chunks that pixels are made from.</summary>
internal static class PngChunkFilter
{
    /// <summary>Copies signature, IHDR, PLTE, IDAT, IEND and, if asked for, tRNS. Returns the bytes written.</summary>
    public static int Copy(ReadOnlySpan<byte> file, Span<byte> target, bool keepTransparency)
    {
        int length = 8;
        file[..8].CopyTo(target);
        PngChunks chunks = new(file);
        while (chunks.MoveNext())
        {
            ReadOnlySpan<byte> type = chunks.Type;
            if (IsCritical(type) || (keepTransparency && type.SequenceEqual("tRNS"u8)))
            {
                chunks.Whole.CopyTo(target[length..]);
                length += chunks.Whole.Length;
            }
            else if ((type[0] & 0x20) == 0)
            {
                throw HeaderErrors.Unsupported(
                    ImageFormat.Png, $"the critical chunk {Convert.ToHexString(type)} at byte {chunks.Offset}", "Convert it to plain PNG.");
            }

            if (type.SequenceEqual("IEND"u8))
            {
                break;
            }
        }

        return length;
    }

    private static bool IsCritical(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8);
}
