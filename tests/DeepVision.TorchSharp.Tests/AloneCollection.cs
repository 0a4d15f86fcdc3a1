namespace DeepVision.Tests.Torch;

/// <summary>Tests that must not run beside others, because they look at the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone in the process";
}
