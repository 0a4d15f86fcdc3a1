using System.Runtime.InteropServices;

namespace DeepVision.Imaging.Native;

/// <summary>
/// libpng's simplified API. The classic one reports errors by longjmp, which must not cross managed frames; this one catches
/// its own errors and returns 0 with a message in the <see cref="PngImage"/>.
/// </summary>
internal static unsafe partial class LibPng
{
    [LibraryImport(NativeLibraries.PngName, EntryPoint = "png_image_begin_read_from_memory")]
    public static partial int BeginReadFromMemory(PngImage* image, byte* memory, nuint size);

    [LibraryImport(NativeLibraries.PngName, EntryPoint = "png_image_finish_read")]
    public static partial int FinishRead(PngImage* image, byte* background, byte* buffer, int rowStride, byte* colorMap);

    [LibraryImport(NativeLibraries.PngName, EntryPoint = "png_image_free")]
    public static partial void Free(PngImage* image);

    [LibraryImport(NativeLibraries.PngName, EntryPoint = "png_image_write_to_memory")]
    public static partial int WriteToMemory(
        PngImage* image, byte* memory, nuint* memoryBytes, int convertTo8Bit, byte* buffer, int rowStride, byte* colorMap);
}
