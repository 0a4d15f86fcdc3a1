namespace DeepVision.Models;

/// <summary>A file that one process holds open, so that no two fetch the same file at once. It falls with the process.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(0.1);

    private readonly FileStream _stream;

    private FolderLock(FileStream stream) => _stream = stream;

    /// <summary>Waits until nobody else holds the file.</summary>
    internal static async Task<FolderLock> EnterAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FolderLock(new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _stream.Dispose();
}
