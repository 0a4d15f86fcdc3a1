namespace DeepVision.Tests.Shared;

/// <summary>A fact that needs files of <c>../shared/data</c>; skipped, with the reason, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    /// <param name="relativePaths">The files or folders under <c>shared/data</c> that the test reads.</param>
    public SharedDataFactAttribute(params string[] relativePaths) => Skip = SharedData.ReasonToSkip(relativePaths);
}
