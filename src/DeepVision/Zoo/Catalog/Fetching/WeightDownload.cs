using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace DeepVision.Zoo;

/// <summary>
/// One download: into a file beside the target, taken up again where it broke off, checked as a whole, then renamed. What was
/// received stays for the next attempt, whichever process makes it.
/// </summary>
internal sealed class WeightDownload(HttpClient client, WeightCacheOptions options, Uri url, string hashPrefix, string path)
{
    private const int BufferBytes = 1 << 17;

    private readonly string _part = path + ".part";
    private readonly string _tag = path + ".part.tag";
    private readonly string _name = Path.GetFileName(path);
    private bool _resumed;

    /// <summary>Fetches the file.</summary>
    /// <returns>Its SHA-256 in lower-case hexadecimal digits.</returns>
    internal async Task<string> RunAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        await ReceiveWholeAsync(progress, cancellationToken).ConfigureAwait(false);
        string hash = await HashAsync(cancellationToken).ConfigureAwait(false);
        if (!CachedFile.Matches(hash, hashPrefix) && _resumed)
        {
            // The fault may lie in what an earlier attempt left, so one attempt is made without it.
            Forget();
            await ReceiveWholeAsync(progress, cancellationToken).ConfigureAwait(false);
            hash = await HashAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!CachedFile.Matches(hash, hashPrefix))
        {
            long length = new FileInfo(_part).Length;
            Forget();
            throw Fail(
                $"what came is another file: expected a SHA-256 that begins with {hashPrefix}, found {hash} over {length} bytes. It was "
                + "deleted. A proxy or a sign-in page may stand between; open the address in a browser to see",
                cause: null);
        }

        File.Move(_part, path, overwrite: true);
        File.Delete(_tag);
        return hash;
    }

    private async Task ReceiveWholeAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        TimeSpan delay = options.RetryDelay;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await ReceiveAsync(progress, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (IsPassing(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == options.Retries)
                {
                    throw Fail($"after {attempt + 1} attempts: {Reason(exception)}", exception);
                }
            }

            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            delay *= 2;
        }
    }

    private async Task ReceiveAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        long have = AskForRest(request);
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(options.StallTimeout);
        try
        {
            using HttpResponseMessage response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // The whole file is there already, or another one than the server has now.
                if (response.Content.Headers.ContentRange?.Length == have)
                {
                    _resumed = true;
                    return;
                }

                Forget();
                throw new HttpRequestException("the file on the server is not the one whose beginning was received");
            }

            RequireSuccess(response);
            have = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have ? have : 0;
            _resumed |= have > 0;
            await SaveAsync(response, have, progress, stalled).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the server sent nothing for {options.StallTimeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} seconds", exception);
        }
    }

    // The rest is asked for only if the server can say whether the file is still the same.
    private long AskForRest(HttpRequestMessage request)
    {
        if (!File.Exists(_part) || !File.Exists(_tag) || !EntityTagHeaderValue.TryParse(File.ReadAllText(_tag), out EntityTagHeaderValue? tag))
        {
            return 0;
        }

        long have = new FileInfo(_part).Length;
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        return have;
    }

    private async Task SaveAsync(
        HttpResponseMessage response, long have, IProgress<DownloadProgress>? progress, CancellationTokenSource stalled)
    {
        long? total = response.Content.Headers.ContentLength + have;
        if (response.Headers.ETag is { IsWeak: false } tag)
        {
            await File.WriteAllTextAsync(_tag, tag.ToString(), stalled.Token).ConfigureAwait(false);
        }
        else
        {
            File.Delete(_tag);
        }

        await using var file = new FileStream(_part, have > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, 1);
        await using Stream body = await response.Content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
        var buffer = new byte[BufferBytes];
        var clock = Stopwatch.StartNew();
        long begin = have;
        progress?.Report(new DownloadProgress(_name, have, total, 0));
        while (true)
        {
            stalled.CancelAfter(options.StallTimeout);
            int count = await body.ReadAsync(buffer, stalled.Token).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            await file.WriteAsync(buffer.AsMemory(0, count), stalled.Token).ConfigureAwait(false);
            have += count;
            progress?.Report(new DownloadProgress(_name, have, total, (have - begin) / Math.Max(clock.Elapsed.TotalSeconds, 1e-3)));
        }

        if (total is { } expected && have != expected)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"the connection ended after {have} of {expected} bytes");
        }
    }

    // The bytes reach the disk before the file gets its name: a machine that loses its power keeps no name without its content.
    private async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        await using (var file = new FileStream(_part, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1))
        {
            file.Flush(flushToDisk: true);
        }

        return await CachedFile.ComputeAsync(_part, cancellationToken).ConfigureAwait(false);
    }

    private void RequireSuccess(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        int status = (int)response.StatusCode;
        string reason = $"the server answered {status} {response.ReasonPhrase}";
        throw status is >= 500 or 408 or 429 ? new HttpRequestException(reason) : Fail(reason, cause: null);
    }

    private void Forget()
    {
        File.Delete(_part);
        File.Delete(_tag);
    }

    // What another attempt may mend; a full disk or a missing right is not among it.
    private static bool IsPassing(Exception exception) =>
        exception is HttpRequestException or HttpIOException or TimeoutException || exception is IOException { InnerException: System.Net.Sockets.SocketException };

    private static string Reason(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the server's name cannot be resolved; is there a network?",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"no connection to the server ({exception.Message}); is there a network?",
        _ => exception.Message,
    };

    private DownloadException Fail(string reason, Exception? cause) =>
        new(
            $"{_name} could not be fetched from {url}: {reason.TrimEnd('.')}. "
            + $"You can fetch it by other means and put it into {Path.GetDirectoryName(path)} under its name.",
            cause)
        {
            Url = url,
        };
}
