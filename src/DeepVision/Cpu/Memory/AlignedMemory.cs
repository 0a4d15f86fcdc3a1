using System.Runtime.InteropServices;

namespace DeepVision.Cpu.Memory;

/// <summary>Floats outside the managed heap, aligned to a cache line. Freed by <see cref="Dispose"/> or the finalizer.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    /// <summary>Bytes of a cache line, and of the widest vector.</summary>
    internal const int Alignment = 64;

    private float* _pointer;

    /// <summary>Takes memory.</summary>
    /// <param name="floats">How many.</param>
    /// <param name="cleared">Whether they are zero; otherwise they hold anything, and the pages are touched when they are first used.</param>
    internal AlignedMemory(long floats, bool cleared = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        Length = floats;
        nuint bytes = checked((nuint)Math.Max(floats, 1) * sizeof(float));
        _pointer = (float*)NativeMemory.AlignedAlloc(bytes, HugePages.AlignmentFor(bytes));
        HugePages.Advise(_pointer, bytes);
        if (cleared)
        {
            NativeMemory.Clear(_pointer, bytes);
        }
    }

    ~AlignedMemory() => Free();

    /// <summary>The number of floats.</summary>
    internal long Length { get; }

    /// <summary>The first float. The caller keeps this object alive while using it.</summary>
    internal float* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pointer == null, this);
            return _pointer;
        }
    }

    /// <summary>All floats as a span.</summary>
    internal Span<float> Span => new(Pointer, checked((int)Length));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
