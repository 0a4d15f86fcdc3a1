namespace DeepVision.Torch.Training.Reports;

/// <summary>What is shown of a run while it goes on.</summary>
public sealed record ProgressOptions
{
    /// <summary>Where it is written. Default the console's output.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>How. Default a bar on a terminal, else lines.</summary>
    public ProgressStyle Style { get; init; }

    /// <summary>The least time between two lines; a bar is written ten times as often. Default 10 seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);
}
