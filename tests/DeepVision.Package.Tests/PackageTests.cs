using System.Runtime.InteropServices;
using DeepVision.Tests.Shared;

namespace DeepVision.Package.Tests;

/// <summary>The package DeepVision as a stranger gets it: restored from a feed into a program outside the repository.</summary>
[Collection(FeedCollection.Name)]
public sealed class PackageTests
{
    private const long MaxBytes = 2_000_000;

    private readonly PackageFeed _feed;

    public PackageTests(PackageFeed feed) => _feed = feed;

    [Fact]
    public void Package_HoldsManagedCodeAndDocsOnly()
    {
        Assert.InRange(new FileInfo(_feed.PathOf("DeepVision")).Length, 1, MaxBytes);
        string[] files = _feed.FilesOf("DeepVision");

        foreach (string framework in new[] { "net10.0", "net9.0" })
        {
            Assert.Contains($"lib/{framework}/DeepVision.dll", files);
            Assert.Contains($"lib/{framework}/DeepVision.xml", files);
        }

        Assert.Contains("README.md", files);
        Assert.Contains("LICENSE", files);
        Assert.Contains("buildTransitive/DeepVision.targets", files);
        Assert.DoesNotContain(files, file => file.StartsWith("runtimes/", StringComparison.Ordinal) || file.EndsWith(".so", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.ChangeExtension(_feed.PathOf("DeepVision"), ".snupkg")), "there is no symbol package");
    }

    [Fact]
    public void Package_InANewProgram_ComposesLoadsAndClassifies()
    {
        string program = _feed.WriteProgram("program", """
            using DeepVision;
            using DeepVision.Backbones;
            using DeepVision.Preprocessing;

            using VisionModel composed = VisionModel.Create()
                .UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 32).UseRetinaNet(["cat"]).InitializeWeights().Build();
            Console.WriteLine($"composed {composed.ParameterCount}");

            using VisionModel shipped = VisionModel.FromManifest(args[0]).Build();
            using var classifier = shipped.CompileForCpu();
            var image = new RgbImage(28, 28, File.ReadAllBytes(args[1]));
            Console.WriteLine($"classified {classifier.Classify(image)[0].Label}");
            """, "", "DeepVision");

        string article = Path.Combine(_feed.Folder, "article.rgb");
        File.WriteAllBytes(article, Trousers());
        string model = Repository.PathOf("models", "fashion-resnet20");
        string printed = DotnetCommand.Run(program, "run", "--", model, article);

        Assert.Contains("composed ", printed, StringComparison.Ordinal);
        Assert.Contains("classified Trouser", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux-x64", "", true)]
    [InlineData("win-x64", "", true)]
    [InlineData("linux-x64", "x86-x64-v4", false)]
    [InlineData("linux-arm64", "", false)]
    public void Package_WithNativeAot_WarnsWhereNoInstructionSetIsStated(string runtime, string instructionSet, bool warns)
    {
        string printed = DotnetCommand.Run(
            RestoredProgram(),
            "msbuild",
            "-nologo",
            "-t:DeepVisionCheckInstructionSet",
            "-p:PublishAot=true",
            $"-p:RuntimeIdentifier={runtime}",
            $"-p:IlcInstructionSet={instructionSet}");

        Assert.Equal(warns, printed.Contains("warning DEEPVISION001", StringComparison.Ordinal));
        Assert.Equal(warns, printed.Contains("<IlcInstructionSet>x86-x64-v3</IlcInstructionSet>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Package_WhenAProgramIsPublished_LooksAtTheInstructionSet(bool nativeAot)
    {
        bool x64 = RuntimeInformation.OSArchitecture == Architecture.X64;
        string printed = DotnetCommand.Run(RestoredProgram(), "msbuild", "-nologo", "-t:PrepareForPublish", $"-p:PublishAot={nativeAot}");

        Assert.Equal(nativeAot && x64, printed.Contains("DEEPVISION001", StringComparison.Ordinal));
    }

    private string RestoredProgram()
    {
        string program = Path.Combine(_feed.Folder, "published");
        if (!Directory.Exists(program))
        {
            _feed.WriteProgram("published", null, "", "DeepVision");
            DotnetCommand.Run(program, "restore", "-nologo");
        }

        return program;
    }

    /// <summary>A pair of trousers as Fashion-MNIST draws them, small enough to be drawn here: two bright legs under a waist.</summary>
    private static byte[] Trousers()
    {
        const int Side = 28;
        var pixels = new byte[3 * Side * Side];
        for (int y = 1; y < Side - 1; y++)
        {
            int gap = y < 8 ? 0 : 1 + (y - 8) / 8;
            for (int x = 8; x < 20; x++)
            {
                bool cloth = Math.Abs((2 * x) - (Side - 1)) > 2 * gap - 1;
                if (cloth)
                {
                    pixels.AsSpan(3 * ((y * Side) + x), 3).Fill(200);
                }
            }
        }

        return pixels;
    }
}
