namespace DeepVision.Imaging;

/// <summary>Brings a file's bytes into memory, within the caller's limit.</summary>
internal static class ImageBytes
{
    private const int FirstChunk = 64 * 1024;

    public delegate T Use<out T>(ReadOnlySpan<byte> bytes, ImageLoadOptions options);

    /// <summary>Reads a file and uses its bytes; failures name the file.</summary>
    public static T FromFile<T>(string path, ImageLoadOptions options, Use<T> use)
    {
        if (Directory.Exists(path))
        {
            throw new ImageFileException(
                ImageFileReason.UnknownFormat, $"{path}: expected an image file; found a directory. Name one of the files in it, or load them one by one.")
            { FileName = path };
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            return use(Read(stream, options), options);
        }
        catch (ImageFileException exception)
        {
            throw exception.At(path);
        }
    }

    /// <summary>Everything from the current position on; at most one byte beyond the limit is ever read.</summary>
    public static ReadOnlySpan<byte> Read(Stream stream, ImageLoadOptions options)
    {
        long limit = Math.Min(options.MaxFileBytes, Array.MaxLength - 1);
        long hint = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        if (hint > limit)
        {
            throw ImageLimits.FileTooLarge($"{hint}", options);
        }

        // One byte more than expected, so that the end is seen without growing.
        byte[] buffer = GC.AllocateUninitializedArray<byte>((int)(hint > 0 ? hint + 1 : Math.Min(FirstChunk, limit + 1)));
        int length = 0;
        for (; ; )
        {
            int read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                return buffer.AsSpan(0, length);
            }

            length += read;
            if (length > limit)
            {
                throw ImageLimits.FileTooLarge($"more than {limit}", options);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(limit + 1, 2L * buffer.Length));
            }
        }
    }
}
