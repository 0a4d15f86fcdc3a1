using System.Diagnostics;
using System.Globalization;
using DeepVision.Torch.Training.Checkpoints;
using DeepVision.Torch.Training.Evaluations;

namespace DeepVision.Torch.Training.Reports;

/// <summary>What is told of a run: on the console, in its table and its curve, to whoever asked to be called.</summary>
internal sealed class RunLog(TrainerOptions options, RunFolder? folder, long totalSteps)
{
    private readonly RunTable _table = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _before;
    private ProgressReport? _progress;
    private string _measure = "";

    /// <summary>Time that the run has taken, that before a resumption included.</summary>
    public TimeSpan Elapsed => _before + _clock.Elapsed;

    /// <summary>The steps since the last line of the table.</summary>
    public RunInterval Interval { get; private set; } = RunInterval.Empty;

    /// <summary>Goes on with the table of a run that is resumed.</summary>
    public void Load(string table, TrainingState state)
    {
        _table.Load(table, state.Step, state.MeasuredStep);
        _before = TimeSpan.FromSeconds(_table.Rows.Count > 0 ? _table.Rows[^1].Seconds : 0);
        Interval = state.Interval;
    }

    /// <summary>Shows progress from now on, where that was asked for.</summary>
    public void ShowProgress(int batchesPerEpoch)
    {
        if (options.Progress is { } progress)
        {
            _progress = new ProgressReport(progress, totalSteps, batchesPerEpoch, options.Loader.BatchSize);
        }
    }

    public void Step(TrainingStep step)
    {
        _progress?.Step(step);
        Interval = Interval.With(step);
        if (step.Step % options.LogEvery == 0 || step.Step == totalSteps)
        {
            _table.Add(Interval.ToRow(step, Elapsed));
            Interval = RunInterval.Empty;
        }

        options.OnStep?.Invoke(step);
    }

    /// <summary>Tells of a measurement.</summary>
    /// <param name="found">What was measured.</param>
    /// <param name="state">Where the run stands.</param>
    /// <param name="begin">When the measurement began.</param>
    public void Measured(Measurement found, TrainingState state, TimeSpan begin)
    {
        _measure = found.Name;
        TimeSpan end = Elapsed;
        _progress?.Pause(end - begin);
        string others = string.Concat(found.Others.Select(o => string.Create(CultureInfo.InvariantCulture, $" {o.Key} {o.Value:F4}")));
        string best = state.BestStep == state.Step ? " (best)" : "";
        Say(string.Create(CultureInfo.InvariantCulture, $"step {state.Step}: {found.Name} {found.Value:F4}{others}{best}"));
        _table.Add(new RunRow
        {
            Step = state.Step,
            Epoch = ((state.Step - 1) / state.BatchesPerEpoch) + 1,
            Seconds = end.TotalSeconds,
            Measured = found.Value,
            Others = RunRow.Cell(found.Others),
        });
        Write();
    }

    /// <summary>A line of its own.</summary>
    public void Say(string text) => _progress?.Say(text);

    /// <summary>Writes table and curve, where there is a folder for them.</summary>
    public void Write() => folder?.WriteReport(_table, totalSteps, _measure);
}
