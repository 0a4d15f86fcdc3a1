using System.Runtime.InteropServices;

namespace DeepVision.Package.Tests;

/// <summary>The package DeepVision.TorchSharp in a program of its own: composing, training, predicting, and machines where it is not so easy.</summary>
[Collection(FeedCollection.Name)]
public sealed class TorchSharpPackageTests
{
    private const string Source = """
        using DeepVision;
        using DeepVision.Backbones;
        using DeepVision.Preprocessing;
        using DeepVision.Tensors;
        using DeepVision.Torch;
        using DeepVision.Torch.Training;
        using DeepVision.Torch.Training.Data;
        using DeepVision.Torch.Training.Optimization;

        try
        {
            if (args is ["train"])
            {
                using VisionModule module = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseClassifier(["dark", "light"])
                    .WithPreprocessing(ImagePreprocessing.ResizeTo(ImageSize.Square(32))).InitializeWeights(seed: 1).BuildModule();
                var data = TrainingData.Create(8, i => new ClassificationExample(Gray((byte)(i % 2 == 0 ? 20 : 230)), i % 2));
                var options = new TrainerOptions { Optimizer = new SgdSpec { LearningRate = 0.05 }, Epochs = 4, Loader = new() { BatchSize = 8 } };
                TrainingResult result = new Trainer<ClassificationExample>(module, options).Run(data);
                Console.WriteLine($"trained {result.Steps} steps");
                module.eval();
                using var trained = module.AsCompiled();
                Console.WriteLine($"predicted {trained.Classify(Gray(230))[0].Label}");
            }
            else
            {
                // Convolutions of 72 channels: what oneDNN gets wrong where a machine hides its caches.
                using VisionModel model = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 72)
                    .UseRetinaNet(["cat"]).InitializeWeights(seed: 1).Build();
                var input = new HostTensor(new TensorShape(1, 3, 64, 64));
                for (int i = 0; i < input.Values.Length; i++)
                {
                    input.Values[i] = ((i * 37) % 101 / 50f) - 1;
                }

                using var cpu = model.CompileForCpu();
                using var torch = model.CompileForTorch();
                var expected = cpu.Run(input);
                double worst = torch.Run(input).Max(output =>
                {
                    float[] right = expected[output.Key].Values.ToArray(), found = output.Value.Values.ToArray();
                    double largest = right.Max(Math.Abs);
                    return right.Zip(found, (a, b) => double.IsNaN(b) ? double.PositiveInfinity : Math.Abs(a - b)).Max() / largest;
                });
                Console.WriteLine($"agrees {worst < 1e-4}, oneDNN {(TorchRuntime.UsesOneDnn ? "on" : "off")}");
            }

            return 0;
        }
        catch (DllNotFoundException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 3;
        }

        static RgbImage Gray(byte level) => new(32, 32, Enumerable.Repeat(level, 3 * 32 * 32).ToArray());
        """;

    private static readonly string? s_package =
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 ? "libtorch-cpu-linux-x64/2.10.0" : null;

    private readonly PackageFeed _feed;

    public TorchSharpPackageTests(PackageFeed feed) => _feed = feed;

    [Fact]
    public void Packages_AreTheFourLibraries() =>
        Assert.Equal(["DeepVision", "DeepVision.ImageSharp", "DeepVision.Imaging", "DeepVision.TorchSharp"], _feed.Names);

    [Fact]
    public void Package_DependsOnABoundedTorchSharpAndNoLibTorch()
    {
        string description = _feed.DescriptionOf("DeepVision.TorchSharp");

        Assert.Contains("""<dependency id="TorchSharp" version="[0.107.0, 0.108.0)" """, description, StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch-c", description, StringComparison.Ordinal);
        Assert.Contains("buildTransitive/DeepVision.TorchSharp.targets", _feed.FilesOf("DeepVision.TorchSharp"));
    }

    [LinuxX64Fact]
    public void Package_InANewProgram_ComposesTrainsAndPredicts()
    {
        string printed = DotnetCommand.Run(Built(), Program, "train");

        Assert.Contains("trained 4 steps", printed, StringComparison.Ordinal);
        Assert.Contains("predicted light", printed, StringComparison.Ordinal);
    }

    [LinuxX64Fact]
    public void Package_InANewProgram_AgreesWithTheCpuEngine() =>
        Assert.Contains("agrees True", DotnetCommand.Run(Built(), Program), StringComparison.Ordinal);

    [LinuxX64Fact]
    public void Package_WithoutLibTorch_IsOneExceptionThatNamesThePackage()
    {
        string program = Copy("without");
        File.Delete(Path.Combine(program, Native, "libtorch_cpu.so"));

        (int code, string output, string errors) = DotnetCommand.Try(program, Program);

        Assert.Equal(3, code);
        Assert.Empty(output);
        Assert.Contains("add the package libtorch-cpu-linux-x64", errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// libtorch as it is on a machine that hides its caches: in a copy, oneDNN's questions for them go to a leaf of CPUID that is empty.
    /// Without oneDNN being switched off the model's 72 channels come out a quarter wrong.
    /// </summary>
    [HiddenCachesFact]
    public void Package_OnAMachineThatHidesItsCaches_SaysSoAndComputesRight()
    {
        string program = Copy("hidden");
        HiddenCaches.Apply(Path.Combine(program, Native, "libtorch_cpu.so"));

        (int code, string output, string errors) = DotnetCommand.Try(program, Program);

        Assert.True(code == 0, errors);
        Assert.Contains("WARNING: libtorch's oneDNN computes wrong sums", errors, StringComparison.Ordinal);
        Assert.Contains("agrees True, oneDNN off", output, StringComparison.Ordinal);
    }

    [LinuxX64Fact]
    public void Package_RelaxedAlways_LeavesTheCacheAndLoads()
    {
        string relaxed = Path.Combine(Built(), Native, "libLibTorchSharp.so");
        string original = Path.Combine(PackageFeed.Others, "torchsharp", "0.107.0", Native, "libLibTorchSharp.so");
        byte[] before = File.ReadAllBytes(original), after = File.ReadAllBytes(relaxed);

        int[] different = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
        int at = Assert.Single(different);
        Assert.Equal((0, 2), (before[at], after[at]));
    }

    private const string Program = "program.dll";

    private static readonly string Native = Path.Combine("runtimes", "linux-x64", "native");

    private string Built()
    {
        string output = Path.Combine(_feed.Folder, "torch", "out");
        if (!Directory.Exists(output))
        {
            string program = _feed.WriteProgram("torch", Source, "<DeepVisionRelaxLibstdcxx>always</DeepVisionRelaxLibstdcxx>", "DeepVision.TorchSharp", s_package!);
            DotnetCommand.Run(program, "build", "-c", "Release", "-o", output, "-nologo");
        }

        return output;
    }

    // The same program in another folder; libtorch itself by a link, since it has 460 MB.
    private string Copy(string name)
    {
        string source = Built(), target = Path.Combine(_feed.Folder, name);
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Path.GetFileName(file) == "libtorch_cpu.so")
            {
                File.CreateSymbolicLink(copy, file);
            }
            else
            {
                File.Copy(file, copy);
            }
        }

        return target;
    }
}
