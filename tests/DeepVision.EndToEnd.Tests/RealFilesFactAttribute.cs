using DeepVision.Tests.Shared;

namespace DeepVision.EndToEnd.Tests;

/// <summary>A fact that needs files of <c>../shared/data</c>; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealFilesFactAttribute : FactAttribute
{
    /// <param name="relativePaths">The files or folders under <c>shared/data</c> that the test reads.</param>
    public RealFilesFactAttribute(params string[] relativePaths) => Skip = SharedData.ReasonToSkip(relativePaths);
}
