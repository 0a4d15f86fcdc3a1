using DeepVision.Weights;

namespace DeepVision.Models;

/// <summary>
/// A folder of fetched weights. A file that lies in it under its name was fetched as a whole and had the right hash. Thread-safe,
/// and several processes may share a folder: one fetches, the others wait.
/// </summary>
public sealed class WeightCache
{
    private static readonly Lazy<HttpClient> SharedClient = new(() => new HttpClient { Timeout = Timeout.InfiniteTimeSpan });

    private readonly WeightCacheOptions _options;

    /// <summary>Creates the cache; the folder comes into being with the first file.</summary>
    /// <param name="options">Null for the defaults.</param>
    public WeightCache(WeightCacheOptions? options = null)
    {
        _options = options ?? new WeightCacheOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Retries, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.RetryDelay, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.StallTimeout, TimeSpan.Zero, nameof(options));
        Folder = Path.GetFullPath(_options.Folder ?? Variable("DEEPVISION_CACHE") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "DeepVision",
            "weights"));
        IsOffline = _options.Offline ?? Variable("DEEPVISION_OFFLINE") == "1";
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>Whether nothing is fetched.</summary>
    public bool IsOffline { get; }

    /// <summary>The file of some weights where it has been fetched; else null.</summary>
    public string? Find(PublishedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        string path = PathOf(weights);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The file of some weights, fetched where it is not there yet.</summary>
    /// <param name="weights">Which.</param>
    /// <param name="progress">Told about the download; null for nobody. <see cref="DownloadProgressBar"/> shows it.</param>
    /// <param name="cancellationToken">Ends the download; the next one goes on from there.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="DownloadException">It cannot be fetched, or is another file than was published.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<string> FetchAsync(
        PublishedWeights weights, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        string path = PathOf(weights);
        if (File.Exists(path))
        {
            return path;
        }

        if (IsOffline)
        {
            throw new DownloadException(
                $"{weights.FileName} ({weights.Model} {weights.Name}) is not in {Folder}, and nothing is fetched offline. "
                + $"Fetch {weights.Url} on a machine with a network and put it there under that name, or turn offline mode off "
                + "(WeightCacheOptions.Offline, DEEPVISION_OFFLINE).")
            {
                Url = weights.Url,
            };
        }

        Directory.CreateDirectory(Folder);
        using FolderLock folderLock = await FolderLock.EnterAsync(path + ".lock", cancellationToken).ConfigureAwait(false);
        if (!File.Exists(path))
        {
            var download = new WeightDownload(_options.Client ?? SharedClient.Value, _options, weights.Url, weights.Sha256Prefix, path);
            await download.RunAsync(progress, cancellationToken).ConfigureAwait(false);
        }

        return path;
    }

    /// <summary>As <see cref="FetchAsync"/>, on the calling thread.</summary>
    public string Fetch(PublishedWeights weights, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => FetchAsync(weights, progress, cancellationToken), cancellationToken).GetAwaiter().GetResult();

    /// <summary>The folder, and whether it is offline.</summary>
    public override string ToString() => IsOffline ? $"{Folder} (offline)" : Folder;

    private string PathOf(PublishedWeights weights) =>
        weights.FileName.Length > 0 && weights.FileName.IndexOfAny(Path.GetInvalidFileNameChars()) < 0 && weights.FileName is not ("." or "..")
            ? Path.Combine(Folder, weights.FileName)
            : throw new ArgumentException($"The address {weights.Url} names no file.", nameof(weights));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
