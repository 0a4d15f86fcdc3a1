using Microsoft.Win32.SafeHandles;

namespace DeepVision.Weights.Sources;

/// <summary>
/// A file, read with positioned reads. It is not mapped: mapped pages count as resident memory for as long as the map lives.
/// </summary>
internal sealed class FileWeightSource : WeightSource
{
    private readonly SafeFileHandle _handle;

    private FileWeightSource(string path, SafeFileHandle handle)
        : base(path, null, RandomAccess.GetLength(handle), 0)
    {
        _handle = handle;
    }

    public static FileWeightSource Open(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new FileWeightSource(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override void Dispose() => _handle.Dispose();

    protected override void ReadCore(long offset, Span<byte> destination, string? key)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_handle, destination, offset);
            if (read == 0)
            {
                throw EndsEarly(offset, key);
            }

            offset += read;
            destination = destination[read..];
        }
    }
}
