namespace DeepVision.Zoo;

/// <summary>
/// A file that one holder at a time has open for itself, so that no two fetch the same file at once. It falls with the process.
/// The file itself stays: were it deleted, one could hold the deleted file and another a new one of the same name.
/// </summary>
internal sealed class DownloadLock : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(0.1);

    private readonly FileStream _stream;

    private DownloadLock(FileStream stream) => _stream = stream;

    /// <summary>Waits until nobody else holds the file.</summary>
    internal static async Task<DownloadLock> EnterAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new DownloadLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                await Task.Delay(Wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    // ERROR_SHARING_VIOLATION on Windows; elsewhere .NET gives the bare EWOULDBLOCK of flock, 35 on Apple's systems and BSD, 11 on Linux.
    private static bool IsHeld(IOException exception) =>
        exception.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020)
            : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 35 : 11);
}
