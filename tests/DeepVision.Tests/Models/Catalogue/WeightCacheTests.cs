using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DeepVision.Models;

namespace DeepVision.Tests.Models;

public sealed class WeightCacheTests : IDisposable
{
    private const string FileName = "net-0123abcd.pth";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "deepvision-" + Path.GetRandomFileName());
    private readonly byte[] _content = Content();

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Fetch_OfAnsweringServer_KeepsTheFileAndAsksOnce()
    {
        using var server = new LoopbackServer(_content, FileName);
        WeightCache cache = Cache();
        var progress = new List<DownloadProgress>();

        string path = await cache.FetchAsync(Weights(server.Url), new Recorder(progress));
        string again = await cache.FetchAsync(Weights(server.Url));

        Assert.Equal(path, again);
        Assert.Equal(path, cache.Find(Weights(server.Url)));
        Assert.Equal(_content, await File.ReadAllBytesAsync(path));
        Assert.Equal(1, server.Requests);
        Assert.Equal(new DownloadProgress(FileName, 0, _content.Length, 0), progress[0]);
        Assert.Equal(_content.Length, progress[^1].Received);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Fetch_WhenTheConnectionBreaks_GoesOnFromThere()
    {
        using var server = new LoopbackServer(_content, FileName) { BreakAfter = request => request < 3 ? 100_000 : null };

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(_content, await File.ReadAllBytesAsync(path));
        Assert.Equal(["", "bytes=100000-", "bytes=200000-"], server.Ranges);
    }

    [Fact]
    public async Task Fetch_AfterCancelling_GoesOnFromThere()
    {
        using var server = new LoopbackServer(_content, FileName) { Stalls = true };
        using var cancel = new CancellationTokenSource();
        var progress = new Recorder([], value =>
        {
            if (value.Received == _content.Length / 2)
            {
                cancel.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache().FetchAsync(Weights(server.Url), progress, cancel.Token));
        server.Stalls = false;

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(_content, await File.ReadAllBytesAsync(path));
        Assert.Equal($"bytes={_content.Length / 2}-", server.Ranges[^1]);
    }

    [Fact]
    public async Task Fetch_WhenTheFileChangedMeanwhile_BeginsAgain()
    {
        using var server = new LoopbackServer(_content, FileName) { BreakAfter = request => request == 1 ? 100_000 : null };
        server.Status = request =>
        {
            server.Tag = request == 1 ? "\"one\"" : "\"two\"";
            return null;
        };

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(_content, await File.ReadAllBytesAsync(path));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Fetch_WhenTheServerKeepsNoTags_BeginsAgain()
    {
        using var server = new LoopbackServer(_content, FileName) { Tag = "", BreakAfter = request => request == 1 ? 100_000 : null };

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(_content, await File.ReadAllBytesAsync(path));
        Assert.Equal(["", ""], server.Ranges);
    }

    [Fact]
    public async Task Fetch_OfAnotherFile_SaysBothHashesAndKeepsNothing()
    {
        using var server = new LoopbackServer(_content, FileName);
        string found = Convert.ToHexStringLower(SHA256.HashData(_content));

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(
            () => Cache().FetchAsync(Weights(server.Url) with { Sha256Prefix = "00000000" }));

        Assert.Contains("begins with 00000000", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Fetch_WhenTheServerIsBusyAtFirst_TriesAgain()
    {
        using var server = new LoopbackServer(_content, FileName) { Status = request => request < 3 ? 503 : null };

        await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task Fetch_OfMissingFile_SaysSoAtOnce()
    {
        using var server = new LoopbackServer(_content, FileName) { Status = _ => 404 };

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Cache().FetchAsync(Weights(server.Url)));

        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Fetch_FromStallingServer_EndsAndKeepsWhatCame()
    {
        using var server = new LoopbackServer(_content, FileName) { Stalls = true };
        var cache = new WeightCache(new WeightCacheOptions { Folder = _folder, Retries = 0, StallTimeout = TimeSpan.FromSeconds(0.3) });

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => cache.FetchAsync(Weights(server.Url)));

        Assert.Contains("sent nothing for 0.3 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(_content.Length / 2, new FileInfo(Path.Combine(_folder, FileName + ".part")).Length);
    }

    [Fact]
    public async Task Fetch_WithoutServer_SaysWhatToDo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{FileName}");
        listener.Stop();

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Cache(retries: 1).FetchAsync(Weights(url)));

        Assert.Contains("after 2 attempts: no connection to the server", error.Message, StringComparison.Ordinal);
        Assert.Contains("is there a network?", error.Message, StringComparison.Ordinal);
        Assert.Equal(url, error.Url);
    }

    [Fact]
    public async Task Fetch_Offline_GivesWhatIsThereAndElseSaysWhatToDo()
    {
        using var server = new LoopbackServer(_content, FileName);
        var cache = new WeightCache(new WeightCacheOptions { Folder = _folder, Offline = true });

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => cache.FetchAsync(Weights(server.Url)));
        Directory.CreateDirectory(_folder);
        await File.WriteAllBytesAsync(Path.Combine(_folder, FileName), _content);

        Assert.Contains("offline", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Url.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_folder, FileName), await cache.FetchAsync(Weights(server.Url)));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Fetch_ByManyAtOnce_DownloadsOnce()
    {
        using var server = new LoopbackServer(_content, FileName);

        string[] paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Cache().Fetch(Weights(server.Url)))));

        Assert.Single(paths.Distinct());
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void ProgressBar_OnNoTerminal_WritesALineForEveryTenth()
    {
        var output = new StringWriter();
        var bar = new DownloadProgressBar(output);

        for (int i = 0; i <= 1000; i++)
        {
            bar.Report(new DownloadProgress("net.pth", i * 2000L, 2_000_000, 5e6));
        }

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, lines.Length);
        Assert.Equal("net.pth: 100 % of 2.0 MB, 5.0 MB/s", lines[^1].TrimEnd());
    }

    private WeightCache Cache(int retries = 4) =>
        new(new WeightCacheOptions { Folder = _folder, Offline = false, Retries = retries, RetryDelay = TimeSpan.FromMilliseconds(10) });

    private PublishedWeights Weights(Uri url) => new()
    {
        Model = "resnet18",
        Name = "TEST",
        IsDefault = true,
        Url = url,
        Sha256Prefix = Convert.ToHexStringLower(SHA256.HashData(_content))[..8],
        Classes = 10,
        Parameters = 1,
        MeasuredOn = "nothing",
        Figures = new Dictionary<string, double>(),
    };

    private static byte[] Content()
    {
        var content = new byte[300_001];
        new Random(1).NextBytes(content);
        return content;
    }

    private sealed class Recorder(List<DownloadProgress> reports, Action<DownloadProgress>? also = null) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            reports.Add(value);
            also?.Invoke(value);
        }
    }
}
