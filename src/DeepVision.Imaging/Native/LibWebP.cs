using System.Runtime.InteropServices;

namespace DeepVision.Imaging.Native;

/// <summary>libwebp's simple API.</summary>
internal static unsafe partial class LibWebP
{
    [LibraryImport(NativeLibraries.WebPName, EntryPoint = "WebPGetInfo")]
    public static partial int GetInfo(byte* file, nuint length, int* width, int* height);

    /// <summary>The target's address, or null where decoding failed. Alpha is left out, not blended.</summary>
    [LibraryImport(NativeLibraries.WebPName, EntryPoint = "WebPDecodeRGBInto")]
    public static partial byte* DecodeRgbInto(byte* file, nuint length, byte* target, nuint targetLength, int stride);

    /// <summary>The target's address, or null where decoding failed. Alpha is not premultiplied.</summary>
    [LibraryImport(NativeLibraries.WebPName, EntryPoint = "WebPDecodeRGBAInto")]
    public static partial byte* DecodeRgbaInto(byte* file, nuint length, byte* target, nuint targetLength, int stride);

    /// <summary>The file's length, 0 where encoding failed.</summary>
    [LibraryImport(NativeLibraries.WebPName, EntryPoint = "WebPEncodeRGB")]
    public static partial nuint EncodeRgb(byte* pixels, int width, int height, int stride, float quality, byte** file);

    /// <summary>The file's length, 0 where encoding failed.</summary>
    [LibraryImport(NativeLibraries.WebPName, EntryPoint = "WebPEncodeLosslessRGB")]
    public static partial nuint EncodeLosslessRgb(byte* pixels, int width, int height, int stride, byte** file);

    [LibraryImport(NativeLibraries.WebPName, EntryPoint = "WebPFree")]
    public static partial void Free(byte* file);
}
