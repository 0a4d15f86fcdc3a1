using System.Diagnostics;
using DeepVision.Torch.Training;

namespace DeepVision.FashionScenes.Training;

/// <summary>How long a step takes, by the clock and in processor time of all threads; the first steps do not count.</summary>
internal sealed class StepTimes
{
    private const int Skipped = 10;
    private readonly List<double> _milliseconds = [];
    private long _last;
    private TimeSpan _firstProcessor, _lastProcessor;

    public void Note(TrainingStep step)
    {
        long now = Stopwatch.GetTimestamp();
        _lastProcessor = Environment.CpuUsage.TotalTime;
        if (_last != 0)
        {
            _milliseconds.Add(Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds);
        }

        _last = now;
        if (_milliseconds.Count == Skipped)
        {
            _firstProcessor = _lastProcessor;
        }
    }

    public void Write(TextWriter output)
    {
        double[] counted = [.. _milliseconds.Skip(Skipped).Order()];
        if (counted.Length > 0)
        {
            output.WriteLine(FormattableString.Invariant(
                $"A step took {counted[counted.Length / 2]:F0} ms (median of {counted.Length}) and {(_lastProcessor - _firstProcessor).TotalMilliseconds / counted.Length:F0} ms of processor time, reading and measuring included."));
        }
    }
}
