namespace DeepVision.Weights;

/// <summary>
/// Weights could not be read, or do not fit the model. The message says where (file, entry, key, byte offset), what was
/// expected and what was found.
/// </summary>
public sealed class WeightsException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WeightsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public WeightsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The file at fault, where known.</summary>
    public string? FileName { get; init; }

    /// <summary>The byte offset at fault, where known.</summary>
    public long? Offset { get; init; }

    /// <summary>The tensor at fault, where known.</summary>
    public string? Key { get; init; }
}
