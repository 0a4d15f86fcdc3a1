namespace DeepVision.Tests.Torch.Training;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("deepvision-training-").FullName;

    internal string Run => Path.Combine(Root, "run");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
