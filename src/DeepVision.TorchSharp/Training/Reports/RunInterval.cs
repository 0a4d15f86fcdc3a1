namespace DeepVision.Torch.Training.Reports;

/// <summary>The steps since the last line of the table.</summary>
internal sealed class RunInterval
{
    private readonly List<TrainingStep> _steps = [];

    public void Add(TrainingStep step) => _steps.Add(step);

    /// <summary>Their means, and forgets them.</summary>
    public RunRow Take(TimeSpan elapsed)
    {
        TrainingStep last = _steps[^1];
        var row = new RunRow
        {
            Step = last.Step,
            Epoch = last.Epoch,
            Seconds = elapsed.TotalSeconds,
            Rate = last.LearningRate,
            Loss = _steps.Average(step => step.Loss),
            Parts = RunRow.Cell(last.Parts.Select((part, i) => KeyValuePair.Create(part.Key, _steps.Average(step => step.Parts[i].Value)))),
            GradientNorm = _steps.Average(step => step.GradientNorm),
        };
        _steps.Clear();
        return row;
    }
}
