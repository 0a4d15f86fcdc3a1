namespace DeepVision.Tests.Torch.Training;

/// <summary>Whole runs, one after the other: libtorch has one generator of random numbers, and dropout draws from it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    internal const string Name = "training runs";
}
