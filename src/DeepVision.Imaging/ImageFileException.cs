namespace DeepVision.Imaging;

/// <summary>
/// An image file could not be read or written. The message says what was wrong, where, what was expected, what was found
/// and what to do. Errors of the file system keep the types of the BCL (<see cref="FileNotFoundException"/> and others).
/// </summary>
public sealed class ImageFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ImageFileException(ImageFileReason reason, string message)
        : this(reason, message, innerException: null)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ImageFileException(ImageFileReason reason, string message, Exception? innerException)
        : base(message, innerException)
    {
        Reason = reason;
    }

    /// <summary>What kind of failure this is.</summary>
    public ImageFileReason Reason { get; }

    /// <summary>The file at fault; null for a stream or bytes.</summary>
    public string? FileName { get; init; }

    /// <summary>The format that the content (when loading) or the caller (when saving) named; null where none was recognized.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>The same failure, with the file named.</summary>
    internal ImageFileException At(string fileName) =>
        new(Reason, $"{fileName}: {Message}", this) { FileName = fileName, Format = Format };
}
