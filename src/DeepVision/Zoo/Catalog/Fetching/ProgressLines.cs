namespace DeepVision.Zoo;

/// <summary>How a <see cref="DownloadProgressBar"/> uses lines.</summary>
public enum ProgressLines
{
    /// <summary>One line that is written over, where the output is the console's and a terminal; else a line every ten per cent.</summary>
    Automatic,

    /// <summary>One line that is written over.</summary>
    Rewritten,

    /// <summary>A line every ten per cent.</summary>
    Appended,
}
