using System.Globalization;
using System.Security.Cryptography;

namespace DeepVision.Zoo;

/// <summary>
/// A file of the cache and what is known of its content. Its SHA-256 is computed once and kept in a small file beside it, with
/// the length and the time of writing that it holds for; a file that changed since is read again.
/// </summary>
internal sealed class CachedFile(string path)
{
    private readonly string _note = path + ".sha256";

    internal string Path => path;

    /// <summary>The file's SHA-256 in lower-case hexadecimal digits; null where there is no file.</summary>
    internal async Task<string?> HashAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        if (Recall(file) is { } known)
        {
            return known;
        }

        string hash = await ComputeAsync(path, cancellationToken).ConfigureAwait(false);
        Remember(hash, file);
        return hash;
    }

    /// <summary>As <see cref="HashAsync"/>, on the calling thread.</summary>
    internal string? Hash() => Task.Run(() => HashAsync(CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Keeps the hash of the file as it is now.</summary>
    internal void Remember(string hash) => Remember(hash, new FileInfo(path));

    internal static async Task<string> ComputeAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    internal static bool Matches(string? hash, string prefix) => hash is not null && hash.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static string StateOf(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}");

    private string? Recall(FileInfo file)
    {
        try
        {
            return File.Exists(_note) && File.ReadAllText(_note).Split(' ', 2) is [{ Length: 64 } hash, var state] && state.Trim() == StateOf(file)
                ? hash
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A folder that cannot be written, or a note that another process writes just now, costs time only: the file is read again.
    private void Remember(string hash, FileInfo file)
    {
        try
        {
            File.WriteAllText(_note, $"{hash} {StateOf(file)}\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
