using System.Buffers.Binary;
using DeepVision.Imaging.Pixels;
using DeepVision.Preprocessing;

namespace DeepVision.Imaging.Codecs;

/// <summary>Writes Windows bitmaps of 24 bits, bottom-up, without compression: what every program reads.</summary>
internal static class BmpWriter
{
    private const int HeadersLength = 54;
    private const int PixelsPerMetre = 3780;

    public static void Encode(RgbImage image, Stream target)
    {
        int rowBytes = (3 * image.Width + 3) / 4 * 4;
        long length = HeadersLength + (long)rowBytes * image.Height;
        Span<byte> headers = stackalloc byte[HeadersLength];
        headers.Clear();
        headers[0] = (byte)'B';
        headers[1] = (byte)'M';
        BinaryPrimitives.WriteUInt32LittleEndian(headers[2..], checked((uint)length));
        BinaryPrimitives.WriteUInt32LittleEndian(headers[10..], HeadersLength);
        BinaryPrimitives.WriteUInt32LittleEndian(headers[14..], 40);
        BinaryPrimitives.WriteInt32LittleEndian(headers[18..], image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(headers[22..], image.Height);
        BinaryPrimitives.WriteUInt16LittleEndian(headers[26..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(headers[28..], 24);
        BinaryPrimitives.WriteUInt32LittleEndian(headers[34..], (uint)(length - HeadersLength));
        BinaryPrimitives.WriteInt32LittleEndian(headers[38..], PixelsPerMetre);
        BinaryPrimitives.WriteInt32LittleEndian(headers[42..], PixelsPerMetre);
        target.Write(headers);

        byte[] row = new byte[rowBytes];
        for (int y = image.Height - 1; y >= 0; y--)
        {
            PixelConversion.ReverseChannels(image.Row(y), row.AsSpan(0, 3 * image.Width));
            target.Write(row);
        }
    }
}
