using System.Runtime.InteropServices;

namespace DeepVision.Imaging.Native;

/// <summary>The TurboJPEG API, version 2: libjpeg-turbo's own, which catches libjpeg's longjmp errors inside.</summary>
internal static unsafe partial class LibTurboJpeg
{
    public const int PixelFormatRgb = 0;
    public const int PixelFormatCmyk = 11;

    public const int Subsampling444 = 0;
    public const int Subsampling420 = 2;

    public const int FlagAccurateDct = 4096;

    /// <summary>Gives up on a progressive file of more than 500 scans, which only a bomb has.</summary>
    public const int FlagLimitScans = 32768;

    /// <summary>tjGetErrorCode: the pixels are there, though the data was not quite right.</summary>
    public const int ErrorWarning = 0;

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjInitCompress")]
    public static partial nint InitCompress();

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjFree")]
    public static partial void Free(byte* buffer);

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjGetErrorCode")]
    public static partial int GetErrorCode(nint handle);

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjGetErrorStr2")]
    public static partial byte* GetErrorString(nint handle);

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(
        nint handle, byte* file, CULong length, int* width, int* height, int* subsampling, int* colorSpace);

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        nint handle, byte* file, CULong length, byte* target, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(NativeLibraries.TurboJpegName, EntryPoint = "tjCompress2")]
    public static partial int Compress(
        nint handle,
        byte* source,
        int width,
        int pitch,
        int height,
        int pixelFormat,
        byte** file,
        CULong* length,
        int subsampling,
        int quality,
        int flags);

    public static string Message(nint handle) => Marshal.PtrToStringUTF8((nint)GetErrorString(handle)) ?? "no message";
}
