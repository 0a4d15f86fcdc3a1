using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DeepVision.Torch.Training.Reports;

/// <summary>Shows steps with loss, rate, images a second and the time left.</summary>
internal sealed class ProgressReport
{
    private const int BarWidth = 24;
    private const double Smoothing = 0.98;
    private readonly ProgressOptions _options;
    private readonly bool _isBar;
    private readonly long _total;
    private readonly long _epochs;
    private readonly int _batchSize;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _shown = TimeSpan.MinValue;
    private TimeSpan _measuring;
    private long _made;
    private double _loss = double.NaN;
    private int _width;

    public ProgressReport(ProgressOptions options, long totalSteps, int batchesPerEpoch, int batchSize)
    {
        _options = options;
        _total = totalSteps;
        _epochs = (totalSteps + batchesPerEpoch - 1) / batchesPerEpoch;
        _batchSize = batchSize;
        _isBar = options.Style == ProgressStyle.Bar
            || (options.Style == ProgressStyle.Automatic && ReferenceEquals(options.Output, Console.Out) && !Console.IsOutputRedirected);
    }

    public void Step(TrainingStep step)
    {
        _made++;
        _loss = double.IsNaN(_loss) ? step.Loss : (Smoothing * _loss) + ((1 - Smoothing) * step.Loss);
        TimeSpan now = _clock.Elapsed;
        TimeSpan interval = _isBar ? _options.Interval / 10 : _options.Interval;
        if (_shown != TimeSpan.MinValue && now - _shown < interval && step.Step < _total)
        {
            return;
        }

        _shown = now;
        string text = Describe(step, (now - _measuring).TotalSeconds);
        if (_isBar)
        {
            _options.Output.Write($"\r{Bar(step.Step)} {text}".PadRight(_width));
            _width = text.Length + BarWidth + 4;
            _options.Output.Flush();
        }
        else
        {
            Line(text);
        }
    }

    /// <summary>A line of its own: a measurement, or how the run ended.</summary>
    public void Say(string text)
    {
        if (_isBar && _width > 0)
        {
            _options.Output.WriteLine();
            _width = 0;
        }

        Line(text);
    }

    /// <summary>Time that was not spent on steps, so that it does not count in images a second.</summary>
    public void Pause(TimeSpan time) => _measuring += time;

    private void Line(string text)
    {
        _options.Output.WriteLine(text);
        _options.Output.Flush();
    }

    private string Describe(TrainingStep step, double seconds)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"epoch {step.Epoch}/{_epochs} step {step.Step}/{_total} loss {_loss:F4}");
        foreach ((string name, double value) in step.Parts.Count > 1 ? step.Parts : [])
        {
            text.Append(CultureInfo.InvariantCulture, $" {name} {value:F3}");
        }

        double perStep = seconds / _made;
        text.Append(CultureInfo.InvariantCulture, $" rate {step.LearningRate:0.0e+0} {_batchSize / perStep:F1} images/s");
        var left = TimeSpan.FromSeconds(Math.Min(perStep * (_total - step.Step), TimeSpan.MaxValue.TotalSeconds / 2));
        return text.Append(" left ").Append(left.ToString(left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture)).ToString();
    }

    private string Bar(long step)
    {
        int full = (int)(BarWidth * step / _total);
        return $"[{new string('#', full)}{new string('-', BarWidth - full)}]";
    }
}
