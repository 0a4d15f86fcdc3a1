using System.IO.Compression;
using System.Reflection;
using DeepVision.Tests.Shared;

namespace DeepVision.Package.Tests;

/// <summary>A folder outside the repository with all freshly packed libraries, and programs beside it that know nothing else of them.</summary>
public sealed class PackageFeed : IDisposable
{
    public PackageFeed()
    {
        Folder = Directory.CreateTempSubdirectory("deepvision-feed").FullName;
        foreach (string project in Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
        {
            DotnetCommand.Run(Repository.Root, "pack", project, "-c", "Release", "-o", Folder, "-nologo");
        }
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The names of the packages, in order.</summary>
    public IEnumerable<string> Names => Directory.GetFiles(Folder, "*.nupkg")
        .Select(file => Path.GetFileName(file).Replace(".0.1.0.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The path of a package.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name + ".0.1.0.nupkg");

    /// <summary>The files in a package.</summary>
    public string[] FilesOf(string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(PathOf(name));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>What a package says of itself and of what it depends on.</summary>
    public string DescriptionOf(string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(PathOf(name));
        using var reader = new StreamReader(archive.GetEntry(name + ".nuspec")!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Writes a program that refers to packages.</summary>
    /// <param name="name">Its folder's name.</param>
    /// <param name="source">Its Program.cs; null for one that does nothing.</param>
    /// <param name="properties">Lines for its project's property group.</param>
    /// <param name="packages">Package references, like <c>DeepVision</c> or <c>libtorch-cpu-linux-x64/2.10.0</c>.</param>
    /// <returns>Its folder.</returns>
    public string WriteProgram(string name, string? source, string properties, params string[] packages)
    {
        string program = Path.Combine(Folder, name);
        Directory.CreateDirectory(program);
        IEnumerable<string> references = packages.Select(package =>
            $"""    <PackageReference Include="{package.Split('/')[0]}" Version="{(package.Contains('/') ? package.Split('/')[1] : "0.1.0")}" />""");
        File.WriteAllText(Path.Combine(program, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreSources>{Folder}</RestoreSources>
                <RestorePackagesPath>{Path.Combine(Folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{Others}</RestoreFallbackFolders>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
                {properties}
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(program, "Program.cs"), source ?? "Console.WriteLine();");
        return program;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal static string Others => typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "PackageFolder").Value!;
}
