namespace DeepVision.Tests.Shared;

/// <summary>Whether what takes long is asked for: <c>DEEPVISION_FULL=1</c>.</summary>
internal static class FullRun
{
    /// <summary>Why such a test is skipped; null where it runs.</summary>
    internal static string? ReasonToSkip { get; } = Environment.GetEnvironmentVariable("DEEPVISION_FULL") == "1"
        ? null
        : "Takes minutes and gigabytes; set DEEPVISION_FULL=1 to run it.";
}
