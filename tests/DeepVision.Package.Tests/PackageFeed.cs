using DeepVision.Tests.Shared;

namespace DeepVision.Package.Tests;

/// <summary>A folder outside the repository with the freshly packed library.</summary>
public sealed class PackageFeed : IDisposable
{
    public PackageFeed()
    {
        Folder = Directory.CreateTempSubdirectory("deepvision-feed").FullName;
        DotnetCommand.Run(Repository.Root, "pack", Repository.PathOf("src", "DeepVision", "DeepVision.csproj"), "-c", "Release", "-o", Folder, "-nologo");
        Package = Directory.GetFiles(Folder, "DeepVision.*.nupkg").Single();
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The package's path.</summary>
    public string Package { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
