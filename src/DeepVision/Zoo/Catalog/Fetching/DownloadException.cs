namespace DeepVision.Zoo;

/// <summary>Weights could not be fetched. The message says which file, from where, why, and what to do.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>Creates the exception.</summary>
    public DownloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Where the file was to come from.</summary>
    public required Uri Url { get; init; }
}
