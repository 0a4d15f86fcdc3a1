using System.Net;
using System.Net.Sockets;
using System.Text;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Zoo;

/// <summary>A server on this machine that gives one file, and breaks in the ways that servers and networks do.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _content;
    private readonly List<string> _ranges = [];
    private int _requests;

    internal LoopbackServer(byte[] content, string fileName)
    {
        _content = content;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{fileName}");
        _ = AcceptAsync();
    }

    internal Uri Url { get; }

    /// <summary>How many requests have come.</summary>
    internal int Requests => Volatile.Read(ref _requests);

    /// <summary>The range that each request asked for; empty for the whole file.</summary>
    internal IReadOnlyList<string> Ranges => _ranges;

    /// <summary>The file's tag; empty for none.</summary>
    internal string Tag { get; set; } = "\"one\"";

    /// <summary>After how many bytes of the body the connection breaks, by the number of the request; null for never.</summary>
    internal Func<int, int?> BreakAfter { get; set; } = _ => null;

    /// <summary>The status to answer, by the number of the request; null for the file.</summary>
    internal Func<int, int?> Status { get; set; } = _ => null;

    /// <summary>Whether the server sends half of the body and then nothing.</summary>
    internal bool Stalls { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken token = _stop.Token;
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(token);
                _ = AnswerAsync(client, token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken token)
    {
        using TcpClient connection = client;
        NetworkStream stream = connection.GetStream();
        try
        {
            string[] lines = await ReadHeadAsync(stream, token);
            int number = Interlocked.Increment(ref _requests);
            string range = ValueOf(lines, "Range:");
            lock (_ranges)
            {
                _ranges.Add(range);
            }

            if (Status(number) is { } status)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), token);
                return;
            }

            bool isRest = range.Length > 0 && ValueOf(lines, "If-Range:") == Tag;
            int from = isRest ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
            if (from >= _content.Length)
            {
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 416 Range\r\nContent-Range: bytes */{_content.Length}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), token);
                return;
            }

            string head = isRest
                ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{_content.Length - 1}/{_content.Length}\r\n"
                : "HTTP/1.1 200 OK\r\n";
            head += Tag.Length == 0 ? "" : $"ETag: {Tag}\r\n";
            head += $"Content-Length: {_content.Length - from}\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
            int length = Math.Min(_content.Length - from, BreakAfter(number) ?? int.MaxValue);
            await stream.WriteAsync(_content.AsMemory(from, Stalls ? length / 2 : length), token);
            await stream.FlushAsync(token);
            if (Stalls)
            {
                await Task.Delay(Timeout.Infinite, token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
        }
    }

    private static async Task<string[]> ReadHeadAsync(NetworkStream stream, CancellationToken token)
    {
        var text = new StringBuilder();
        var buffer = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, token) > 0)
        {
            text.Append((char)buffer[0]);
        }

        return text.ToString().Split("\r\n");
    }

    private static string ValueOf(string[] lines, string header) =>
        lines.FirstOrDefault(line => line.StartsWith(header, StringComparison.OrdinalIgnoreCase)) is { } line ? line[header.Length..].Trim() : "";
}
