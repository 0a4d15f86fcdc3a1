namespace DeepVision.Tests.Shared;

/// <summary>A theory that needs files of <c>../shared/data</c>; skipped, with the reason, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <param name="relativePaths">The files or folders under <c>shared/data</c> that the test reads.</param>
    public SharedDataTheoryAttribute(params string[] relativePaths) => Skip = SharedData.ReasonToSkip(relativePaths);
}
