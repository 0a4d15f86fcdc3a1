namespace DeepVision.Package.Tests;

/// <summary>The packages for images as a stranger gets them.</summary>
[Collection(FeedCollection.Name)]
public sealed class ImagingPackageTests
{
    private readonly PackageFeed _feed;

    public ImagingPackageTests(PackageFeed feed) => _feed = feed;

    [Theory]
    [InlineData("DeepVision.Imaging", "id=\"SkiaSharp\" version=\"[4.155.0, 5.0.0)\"")]
    [InlineData("DeepVision.Imaging", "id=\"SkiaSharp.NativeAssets.Linux.NoDependencies\" version=\"[4.155.0, 5.0.0)\"")]
    [InlineData("DeepVision.ImageSharp", "id=\"SixLabors.ImageSharp\" version=\"[2.1.13, 4.0.0)\"")]
    public void Package_DependsOnBoundedVersions(string name, string dependency) =>
        Assert.Contains(dependency, _feed.DescriptionOf(name), StringComparison.Ordinal);

    [Fact]
    public void Packages_InANewProgram_ReadWriteAndShareImages()
    {
        string program = _feed.WriteProgram("images", """
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
            """, "", "DeepVision.ImageSharp");

        string printed = DotnetCommand.Run(program, "run", "--", Path.Combine(program, "picture"));

        Assert.Contains("jpg 40 x 30", printed, StringComparison.Ordinal);
        Assert.Contains("png 40 x 30, the same pixels", printed, StringComparison.Ordinal);
        Assert.Contains("webp 40 x 30", printed, StringComparison.Ordinal);
        Assert.Contains("bmp 40 x 30, the same pixels", printed, StringComparison.Ordinal);
        Assert.Contains("shared 1 2 3", printed, StringComparison.Ordinal);
    }
}
