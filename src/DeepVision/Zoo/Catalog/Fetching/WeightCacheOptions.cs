namespace DeepVision.Zoo;

/// <summary>Where fetched weights are kept, and how they are fetched.</summary>
public sealed record WeightCacheOptions
{
    /// <summary>
    /// The folder. Default null: that of the environment variable <c>DEEPVISION_CACHE</c>, else <c>DeepVision/weights</c> in the
    /// user's folder for local application data.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Whether nothing is fetched: what is not in the folder is an error. Default null: true where the environment variable
    /// <c>DEEPVISION_OFFLINE</c> is 1.
    /// </summary>
    public bool? Offline { get; init; }

    /// <summary>How often a broken download is taken up again before it is an error; at least 0. Default 4.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The wait before the first new attempt; it doubles each time. Default half a second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a server may send nothing. Default 30 seconds.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The client to fetch with, for proxies and the like; it stays the caller's. Default null: one of the library's own.</summary>
    public HttpClient? Client { get; init; }
}
