using System.Runtime.InteropServices;

namespace DeepVision.Tests.Cpu;

/// <summary>
/// Floats that end at a page which nobody may touch, so that reading or writing past the end ends the test run at once.
/// On systems other than Linux, ordinary memory.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly byte* _base;
    private readonly nuint _bytes;

    internal GuardedMemory(long floats)
    {
        Length = floats;
        long dataBytes = floats * sizeof(float);
        if (!OperatingSystem.IsLinux())
        {
            _base = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(dataBytes, 1), 64);
            Pointer = (float*)_base;
        }
        else
        {
            long page = Environment.SystemPageSize;
            long dataPages = (dataBytes + page - 1) / page;
            _bytes = (nuint)((dataPages + 1) * page);
            _base = (byte*)Map(null, _bytes, ReadWrite, PrivateAnonymous, -1, 0);
            if ((nint)_base == -1 || Protect(_base + (dataPages * page), (nuint)page, 0) != 0)
            {
                throw new InvalidOperationException("The guard page could not be set up.");
            }

            Pointer = (float*)(_base + (dataPages * page) - dataBytes);
        }

        // Reading what nobody wrote shows up as NaN.
        Span.Fill(float.NaN);
    }

    internal float* Pointer { get; }

    internal long Length { get; }

    internal Span<float> Span => new(Pointer, checked((int)Length));

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unmap(_base, _bytes);
        }
        else
        {
            NativeMemory.AlignedFree(_base);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
