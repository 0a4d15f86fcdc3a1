namespace DeepVision.Tests.Shared;

/// <summary>Whether what takes long is asked for: <c>DEEPVISION_FULL=1</c>, which <c>./test.sh --full</c> sets.</summary>
internal static class FullRun
{
    /// <summary>Whether it is.</summary>
    internal static bool IsAskedFor { get; } = Environment.GetEnvironmentVariable("DEEPVISION_FULL") == "1";

    /// <summary>Why a test that takes long is skipped; null where it runs.</summary>
    internal static string? ReasonToSkip => IsAskedFor ? null : "Takes minutes and gigabytes; run ./test.sh --full, or set DEEPVISION_FULL=1.";
}
