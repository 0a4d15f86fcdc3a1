namespace DeepVision.Torch.Training.Reports;

/// <summary>How the progress of a run is shown.</summary>
public enum ProgressStyle
{
    /// <summary>A bar where the output is the console and that is a terminal; else lines.</summary>
    Automatic,

    /// <summary>One line that is written over and over.</summary>
    Bar,

    /// <summary>A line now and then.</summary>
    Lines,
}
