using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DeepVision.Graphs.Operations;
using DeepVision.Zoo;

namespace DeepVision.Tests.Zoo;

public sealed class WeightCacheTests : IDisposable
{
    private static readonly byte[] Expected = Content();
    private static readonly string ExpectedHash = Convert.ToHexStringLower(SHA256.HashData(Expected));

    // As torchvision's files are named.
    private static readonly string FileName = $"net-{ExpectedHash[..8]}.pth";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "deepvision-" + Path.GetRandomFileName());

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
        using var server = new LoopbackServer(Expected, FileName);
        WeightCache cache = Cache();
        var progress = new List<DownloadProgress>();

        string path = await cache.FetchAsync(Weights(server.Url), new Recorder(progress));
        string again = await cache.FetchAsync(Weights(server.Url));

        Assert.Equal(path, again);
        Assert.Equal(path, cache.Find(Weights(server.Url)));
        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
        Assert.Equal(1, server.Requests);
        Assert.Equal(new DownloadProgress(FileName, 0, Expected.Length, 0), progress[0]);
        Assert.Equal(Expected.Length, progress[^1].Received);
        Assert.Equal(Path.Combine(_folder, FileName), path);
        Assert.Equal([path, path + ".lock", path + ".sha256"], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fetch_WhenTheConnectionBreaks_GoesOnFromThere()
    {
        using var server = new LoopbackServer(Expected, FileName) { BreakAfter = request => request < 3 ? 100_000 : null };

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
        Assert.Equal(["", "bytes=100000-", "bytes=200000-"], server.Ranges);
    }

    [Fact]
    public async Task Fetch_AfterCanceling_GoesOnFromThere()
    {
        using var server = new LoopbackServer(Expected, FileName) { Stalls = true };
        using var cancel = new CancellationTokenSource();
        var progress = new Recorder([], value =>
        {
            if (value.Received == Expected.Length / 2)
            {
                cancel.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache().FetchAsync(Weights(server.Url), progress, cancel.Token));
        server.Stalls = false;

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
        Assert.Equal($"bytes={Expected.Length / 2}-", server.Ranges[^1]);
    }

    [Fact]
    public async Task Fetch_WhenTheFileChangedMeanwhile_BeginsAgain()
    {
        using var server = new LoopbackServer(Expected, FileName) { BreakAfter = request => request == 1 ? 100_000 : null };
        server.Status = request =>
        {
            server.Tag = request == 1 ? "\"one\"" : "\"two\"";
            return null;
        };

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Fetch_WhenTheServerKeepsNoTags_BeginsAgain()
    {
        using var server = new LoopbackServer(Expected, FileName) { Tag = "", BreakAfter = request => request == 1 ? 100_000 : null };

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
        Assert.Equal(["", ""], server.Ranges);
    }

    [Fact]
    public async Task Fetch_OfAnotherFile_SaysBothHashesAndKeepsNothing()
    {
        using var server = new LoopbackServer(Expected, FileName);

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(
            () => Cache().FetchAsync(Weights(server.Url) with { Sha256Prefix = "00000000" }));

        Assert.Contains("begins with 00000000", error.Message, StringComparison.Ordinal);
        Assert.Contains(ExpectedHash, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => !file.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fetch_WhereAnotherFileHasTheName_FetchesTheRightOne()
    {
        using var server = new LoopbackServer(Expected, FileName);
        string path = Drop(FileName, [1, 2, 3]);

        Assert.Null(Cache().Find(Weights(server.Url)));
        Assert.Equal(path, await Cache().FetchAsync(Weights(server.Url)));
        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public void Find_OfFileThatChangedSince_ReadsItAgain()
    {
        PublishedWeights weights = Weights(new Uri("https://example.org/" + FileName));
        string path = Drop(FileName, Expected);
        Assert.Equal(path, Cache().Find(weights));
        byte[] damaged = [.. Expected];
        damaged[^1] ^= 1;

        File.WriteAllBytes(path, damaged);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));

        Assert.Null(Cache().Find(weights));
    }

    [Fact]
    public void Find_OfDroppedFileWithoutHashInItsName_TakesIt()
    {
        string path = Drop("model.pth", Expected);

        Assert.Equal(path, Cache().Find(Weights(new Uri("https://example.org/model.pth"))));
    }

    [Fact]
    public async Task Fetch_OfTwoFilesOfOneName_KeepsThemApart()
    {
        byte[] other = [.. Expected.Reverse()];
        using var first = new LoopbackServer(Expected, "model.pth");
        using var second = new LoopbackServer(other, "model.pth");
        PublishedWeights others = Weights(second.Url) with { Sha256Prefix = Convert.ToHexString(SHA256.HashData(other))[..12] };

        string path = await Cache().FetchAsync(Weights(first.Url));
        string otherPath = await Cache().FetchAsync(others);

        Assert.Equal($"model-{ExpectedHash[..8]}.pth", Path.GetFileName(path));
        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
        Assert.Equal(other, await File.ReadAllBytesAsync(otherPath));
        Assert.Equal(otherPath, Cache().Find(others));
    }

    [Fact]
    public async Task Fetch_AfterBadBeginning_BeginsOnceMoreFromZero()
    {
        using var server = new LoopbackServer(Expected, FileName);
        Drop(FileName + ".part", new byte[1000]);
        Drop(FileName + ".part.tag", "\"one\""u8.ToArray());

        string path = await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(Expected, await File.ReadAllBytesAsync(path));
        Assert.Equal(["bytes=1000-", ""], server.Ranges);
    }

    [Fact]
    public async Task Fetch_IntoFolderThatCannotBe_SaysWhichAndWhatToDo()
    {
        using var server = new LoopbackServer(Expected, FileName);
        string folder = Path.Combine(Drop("a-file", []), "weights");
        var cache = new WeightCache(new WeightCacheOptions { Folder = folder, Offline = false });

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => cache.FetchAsync(Weights(server.Url)));

        Assert.Contains($"cannot be kept in {folder}", error.Message, StringComparison.Ordinal);
        Assert.Contains("DEEPVISION_CACHE", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IOException>(error.InnerException);
    }

    [Fact]
    public async Task Lock_WhileHeld_WaitsAndThenEnters()
    {
        string path = Drop("net.lock", []);
        Task<DownloadLock> next;
        using (await DownloadLock.EnterAsync(path, CancellationToken.None))
        {
            next = DownloadLock.EnterAsync(path, CancellationToken.None);
            Assert.False(next.IsCompleted);
        }

        (await next).Dispose();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Lock_InMissingFolder_FailsAtOnce() =>
        await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => DownloadLock.EnterAsync(Path.Combine(_folder, "none", "net.lock"), CancellationToken.None));

    [Fact]
    public async Task Fetch_WhenTheServerIsBusyAtFirst_TriesAgain()
    {
        using var server = new LoopbackServer(Expected, FileName) { Status = request => request < 3 ? 503 : null };

        await Cache().FetchAsync(Weights(server.Url));

        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task Fetch_OfMissingFile_SaysSoAtOnce()
    {
        using var server = new LoopbackServer(Expected, FileName) { Status = _ => 404 };

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Cache().FetchAsync(Weights(server.Url)));

        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Fetch_FromStallingServer_EndsAndKeepsWhatCame()
    {
        using var server = new LoopbackServer(Expected, FileName) { Stalls = true };
        var cache = new WeightCache(new WeightCacheOptions { Folder = _folder, Retries = 0, StallTimeout = TimeSpan.FromSeconds(0.3) });

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => cache.FetchAsync(Weights(server.Url)));

        Assert.Contains("sent nothing for 0.3 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(Expected.Length / 2, new FileInfo(Path.Combine(_folder, FileName + ".part")).Length);
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
        using var server = new LoopbackServer(Expected, FileName);
        var cache = new WeightCache(new WeightCacheOptions { Folder = _folder, Offline = true });

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => cache.FetchAsync(Weights(server.Url)));
        Drop(FileName, new byte[10]);
        DownloadException wrong = await Assert.ThrowsAsync<DownloadException>(() => cache.FetchAsync(Weights(server.Url)));
        Drop(FileName, Expected);

        Assert.Contains($"begins with {ExpectedHash[..8]}, found {Convert.ToHexStringLower(SHA256.HashData(new byte[10]))}", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("offline", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Url.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_folder, FileName), await cache.FetchAsync(Weights(server.Url)));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Fetch_ByManyAtOnce_DownloadsOnce()
    {
        using var server = new LoopbackServer(Expected, FileName);

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

    private string Drop(string name, byte[] content)
    {
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private WeightCache Cache(int retries = 4) =>
        new(new WeightCacheOptions { Folder = _folder, Offline = false, Retries = retries, RetryDelay = TimeSpan.FromMilliseconds(10) });

    private PublishedWeights Weights(Uri url) => new()
    {
        Model = "resnet18",
        Name = "TEST",
        IsDefault = true,
        Url = url,
        Sha256Prefix = ExpectedHash[..8],
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
