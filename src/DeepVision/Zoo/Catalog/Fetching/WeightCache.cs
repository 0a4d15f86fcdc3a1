namespace DeepVision.Zoo;

/// <summary>
/// A folder of fetched weights. Whatever it gives has the published hash, files that were put there by hand among them: each is
/// read and checked once, and again when it changed; what was found lies beside it. Thread-safe, and several processes may share
/// a folder: one fetches, the others wait.
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

    /// <summary>The file of some weights where it lies in the folder and has the published hash; else null.</summary>
    /// <exception cref="ArgumentException">The weights' address names no file.</exception>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    public string? Find(PublishedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return Places(weights).FirstOrDefault(place => CachedFile.Matches(place.Hash(), weights.Sha256Prefix))?.Path;
    }

    /// <summary>The file of some weights, fetched where it is not there yet.</summary>
    /// <param name="weights">Which.</param>
    /// <param name="progress">Told about the download; null for nobody. <see cref="DownloadProgressBar"/> shows it.</param>
    /// <param name="cancellationToken">Ends the download; the next one goes on from there.</param>
    /// <returns>
    /// The file's path: its own name, with the hash's first digits added where that name does not have them, so that two files of
    /// one name do not meet. A file with the right content under its own name is taken as it is.
    /// </returns>
    /// <exception cref="ArgumentException">The weights' address names no file.</exception>
    /// <exception cref="DownloadException">It cannot be fetched, is another file than was published, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<string> FetchAsync(
        PublishedWeights weights, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        CachedFile[] places = Places(weights);
        try
        {
            if (await FindAsync(places, weights, cancellationToken).ConfigureAwait(false) is { } present)
            {
                return present;
            }

            if (IsOffline)
            {
                throw await FailOfflineAsync(places, weights, cancellationToken).ConfigureAwait(false);
            }

            CachedFile target = places[0];
            Directory.CreateDirectory(Folder);
            using DownloadLock held = await DownloadLock.EnterAsync(target.Path + ".lock", cancellationToken).ConfigureAwait(false);
            if (await FindAsync(places, weights, cancellationToken).ConfigureAwait(false) is { } meanwhile)
            {
                return meanwhile;
            }

            var download = new WeightDownload(_options.Client ?? SharedClient.Value, _options, weights.Url, weights.Sha256Prefix, target.Path);
            target.Remember(await download.RunAsync(progress, cancellationToken).ConfigureAwait(false));
            return target.Path;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not DownloadException)
        {
            throw new DownloadException(
                $"{weights.FileName} cannot be kept in {Folder}: {exception.Message.TrimEnd('.')}. Choose a folder that can be written "
                + "(WeightCacheOptions.Folder, DEEPVISION_CACHE), or make room in it.",
                exception)
            {
                Url = weights.Url,
            };
        }
    }

    /// <summary>As <see cref="FetchAsync"/>, on the calling thread.</summary>
    public string Fetch(PublishedWeights weights, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => FetchAsync(weights, progress, cancellationToken), cancellationToken).GetAwaiter().GetResult();

    /// <summary>The folder, and whether it is offline.</summary>
    public override string ToString() => IsOffline ? $"{Folder} (offline)" : Folder;

    private static async Task<string?> FindAsync(CachedFile[] places, PublishedWeights weights, CancellationToken cancellationToken)
    {
        foreach (CachedFile place in places)
        {
            if (CachedFile.Matches(await place.HashAsync(cancellationToken).ConfigureAwait(false), weights.Sha256Prefix))
            {
                return place.Path;
            }
        }

        return null;
    }

    private async Task<DownloadException> FailOfflineAsync(CachedFile[] places, PublishedWeights weights, CancellationToken cancellationToken)
    {
        string found = "";
        foreach (CachedFile place in places)
        {
            if (await place.HashAsync(cancellationToken).ConfigureAwait(false) is { } hash)
            {
                found += $" There is {place.Path}, but another file: expected a SHA-256 that begins with {weights.Sha256Prefix}, found {hash}.";
            }
        }

        return new DownloadException(
            $"{weights.FileName} ({weights.Model} {weights.Name}) is not in {Folder}, and nothing is fetched offline.{found} "
            + $"Fetch {weights.Url} on a machine with a network and put it there under that name, or turn offline mode off "
            + "(WeightCacheOptions.Offline, DEEPVISION_OFFLINE).")
        {
            Url = weights.Url,
        };
    }

    // Where the weights may lie. The first is where they are fetched to: its name has the hash, so that it is theirs alone.
    private CachedFile[] Places(PublishedWeights weights)
    {
        string name = weights.FileName;
        if (name.Length == 0 || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || name is "." or "..")
        {
            throw new ArgumentException($"The address {weights.Url} names no file.", nameof(weights));
        }

        var own = new CachedFile(Path.Combine(Folder, name));
        string prefix = weights.Sha256Prefix.ToLowerInvariant();
        return name.Contains(prefix, StringComparison.OrdinalIgnoreCase)
            ? [own]
            : [new CachedFile(Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(name)}-{prefix}{Path.GetExtension(name)}")), own];
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
