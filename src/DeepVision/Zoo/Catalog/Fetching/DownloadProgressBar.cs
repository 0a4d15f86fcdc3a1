using System.Globalization;

namespace DeepVision.Zoo;

/// <summary>
/// Shows a download as a bar that rewrites its line, or as a line every ten per cent where the output is no terminal. Not
/// thread-safe; one for each download.
/// </summary>
public sealed class DownloadProgressBar : IProgress<DownloadProgress>
{
    private const int Width = 24;
    private const double Megabyte = 1e6;

    private readonly TextWriter _output;
    private readonly bool _rewrites;
    private int _shown = -1;

    /// <summary>Creates the bar.</summary>
    /// <param name="output">Where it is written; null for the console's error output.</param>
    /// <param name="lines">Whether a line is written over. Default: where the output is the console's and a terminal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind of lines is none.</exception>
    public DownloadProgressBar(TextWriter? output = null, ProgressLines lines = ProgressLines.Automatic)
    {
        _output = output ?? Console.Error;
        _rewrites = lines switch
        {
            ProgressLines.Automatic => output is null && !Console.IsErrorRedirected,
            ProgressLines.Rewritten => true,
            ProgressLines.Appended => false,
            _ => throw new ArgumentOutOfRangeException(nameof(lines), lines, "Expected a kind of progress lines."),
        };
    }

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        int percent = value.Total is > 0 and var total ? (int)(100 * value.Received / total) : (int)(value.Received / Megabyte);
        int step = _rewrites ? percent : percent / 10;
        bool isDone = value.Received == value.Total;
        if (step == _shown && !isDone)
        {
            return;
        }

        _shown = step;
        string amount = value.Total is { } all
            ? string.Create(CultureInfo.InvariantCulture, $"{percent,3} % of {all / Megabyte:0.0} MB")
            : string.Create(CultureInfo.InvariantCulture, $"{value.Received / Megabyte:0.0} MB");
        string speed = value.BytesPerSecond > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {value.BytesPerSecond / Megabyte:0.0} MB/s")
            : "";
        if (!_rewrites)
        {
            _output.WriteLine($"{value.FileName}: {amount}{speed}");
            return;
        }

        int filled = value.Total is > 0 ? Width * percent / 100 : 0;
        _output.Write($"\r{value.FileName} [{new string('=', filled)}{new string(' ', Width - filled)}] {amount}{speed}   ");
        if (isDone)
        {
            _output.WriteLine();
        }

        _output.Flush();
    }
}
