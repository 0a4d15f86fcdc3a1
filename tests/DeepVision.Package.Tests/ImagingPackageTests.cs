using System.IO.Compression;
using DeepVision.Tests.Shared;

namespace DeepVision.Package.Tests;

/// <summary>The packages for images as a stranger gets them. What they depend on comes from this machine's package folder.</summary>
public sealed class ImagingPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepvision-imaging").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Packages_InANewProgram_ReadWriteAndShareImages()
    {
        foreach (string project in new[] { "DeepVision", "DeepVision.Imaging", "DeepVision.ImageSharp" })
        {
            DotnetCommand.Run(Repository.Root, "pack", Repository.PathOf("src", project, $"{project}.csproj"), "-c", "Release", "-o", _folder, "-nologo");
        }

        CheckDependency("DeepVision.Imaging", "id=\"SkiaSharp\" version=\"[4.155.0, 5.0.0)\"");
        CheckDependency("DeepVision.Imaging", "id=\"SkiaSharp.NativeAssets.Linux.NoDependencies\" version=\"[4.155.0, 5.0.0)\"");
        CheckDependency("DeepVision.ImageSharp", "id=\"SixLabors.ImageSharp\" version=\"[2.1.13, 4.0.0)\"");
        string printed = DotnetCommand.Run(Program(), "run", "--", Path.Combine(_folder, "picture"));

        Assert.Contains("jpg 40 x 30", printed, StringComparison.Ordinal);
        Assert.Contains("png 40 x 30, the same pixels", printed, StringComparison.Ordinal);
        Assert.Contains("webp 40 x 30", printed, StringComparison.Ordinal);
        Assert.Contains("bmp 40 x 30, the same pixels", printed, StringComparison.Ordinal);
        Assert.Contains("shared 1 2 3", printed, StringComparison.Ordinal);
    }

    private string Program()
    {
        string program = Path.Combine(_folder, "program");
        Directory.CreateDirectory(program);
        string list = DotnetCommand.Run(_folder, "nuget", "locals", "global-packages", "--list");
        File.WriteAllText(Path.Combine(program, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreSources>{_folder}</RestoreSources>
                <RestorePackagesPath>{Path.Combine(_folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{list[(list.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}</RestoreFallbackFolders>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="DeepVision.ImageSharp" Version="*-*" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(program, "Program.cs"), """
            using DeepVision.ImageSharp;
            using DeepVision.Imaging;
            using DeepVision.Preprocessing;
            using SixLabors.ImageSharp;
            using SixLabors.ImageSharp.PixelFormats;

            var image = new RgbImage(40, 30);
            Random.Shared.NextBytes(image.Pixels);
            foreach (string extension in new[] { "jpg", "png", "webp", "bmp" })
            {
                string path = $"{args[0]}.{extension}";
                ImageFile.Save(image, path);
                RgbImage back = ImageFile.Load(path);
                Console.WriteLine($"{extension} {back.Width} x {back.Height}{(back.Pixels.SequenceEqual(image.Pixels) ? ", the same pixels" : "")}");
            }

            using Image<Rgb24> view = image.AsImage();
            view[0, 0] = new Rgb24(1, 2, 3);
            Console.WriteLine($"shared {image.Pixels[0]} {image.Pixels[1]} {image.Pixels[2]}");
            """);
        return program;
    }

    private void CheckDependency(string package, string expected)
    {
        using ZipArchive archive = ZipFile.OpenRead(Directory.GetFiles(_folder, $"{package}.*.nupkg").Single());
        using var reader = new StreamReader(archive.GetEntry($"{package}.nuspec")!.Open());
        Assert.Contains(expected, reader.ReadToEnd(), StringComparison.Ordinal);
    }
}
