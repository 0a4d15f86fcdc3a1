namespace DeepVision.Tests.Shared;

/// <summary>A theory that takes long; skipped, with the reason, where <see cref="FullRun"/> is not asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullRunTheoryAttribute : TheoryAttribute
{
    public FullRunTheoryAttribute() => Skip = FullRun.ReasonToSkip;
}
