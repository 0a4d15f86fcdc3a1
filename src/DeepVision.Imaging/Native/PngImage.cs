using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepVision.Imaging.Native;

/// <summary>libpng's <c>png_image</c>, version 1 of its layout.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PngImage
{
    public const uint LayoutVersion = 1;

    // Bits of Format.
    public const uint FormatRgb = 2;
    public const uint FormatRgba = 3;
    public const uint FormatLinearRgb = 6;
    public const uint FormatAlphaBit = 1;

    // Bits of Flags.
    public const uint FlagFast = 2;
    public const uint Flag16BitSrgb = 4;

    public nint Opaque;
    public uint Version;
    public uint Width;
    public uint Height;
    public uint Format;
    public uint Flags;
    public uint ColorMapEntries;
    public uint WarningOrError;
    public MessageText Message;

    /// <summary>libpng's own words, for a person to read.</summary>
    public readonly string MessageString()
    {
        ReadOnlySpan<byte> text = Message;
        int end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
    }

    [InlineArray(64)]
    public struct MessageText
    {
        private byte _first;
    }
}
