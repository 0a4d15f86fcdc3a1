using DeepVision.Cpu;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;

namespace DeepVision.Tests.Parity;

/// <summary>The CPU engine computes what PyTorch computes, on generated weights and images, for every preset.</summary>
public sealed class RawOutputParityTests
{
    /// <summary>
    /// Relative to an output's largest magnitude. Direct convolutions differ from exact arithmetic by rounding only; torch's
    /// own float32 results are up to 3.2e-6 away from the same golden values.
    /// </summary>
    private const double Tolerance = 2e-5;

    private const int CocoClasses = 91;

    public static TheoryData<string, CpuInstructionSet> Vectors { get; } = Cross(ParityModels.Names, InstructionSetData.Vectors);

    /// <summary>One model of each architecture; the reference's plain loops are too slow for more.</summary>
    public static TheoryData<string> ScalarModels { get; } = ["resnet18", "cifar_resnet20", "vgg11_bn", "retinanet_resnet50_fpn_v2"];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Run_GeneratedWeights_GivesPyTorchsOutputs(string name, CpuInstructionSet set)
    {
        bool widest = set == InstructionSetData.Vectors[0];
        GoldenOutput[] golden = [.. GoldenOutput.Load(name)];
        int full = golden.Max(output => output.Height);

        // The full size once, on the widest set: the narrower ones take several times as long.
        AssertOutputs(name, set, [.. golden.Where(output => widest || output.Batch > 1 || output.Height < full)]);
    }

    [Theory]
    [MemberData(nameof(ScalarModels))]
    public void Run_OnScalarReference_GivesPyTorchsOutputs(string name)
    {
        GoldenOutput[] golden = [.. GoldenOutput.Load(name)];
        int smallest = golden.Min(output => output.Height);
        AssertOutputs(name, CpuInstructionSet.Scalar, [.. golden.Where(output => output.Height == smallest).Select(output => output.FirstImage())]);
    }

    [Theory]
    [InlineData("resnet50", 64, 64)]
    [InlineData("vgg13", 96, 129)]
    [InlineData("cifar_resnet32", 33, 47)]
    [InlineData("retinanet_resnet50_fpn_v2", 96, 129)]
    public void Run_ImageAlone_GivesTheBitsThatItHasInABatch(string name, int height, int width)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(ParityModels.Builder(name));
        using CpuGraph compiled = CpuGraph.Compile(model.Graph, model.Weights);

        IReadOnlyDictionary<string, HostTensor> three = compiled.Run(ParityImages.Batch(3, height, width));
        IReadOnlyDictionary<string, HostTensor> one = compiled.Run(ParityImages.Batch(1, height, width));

        foreach ((string output, HostTensor alone) in one)
        {
            Assert.True(alone.Values.SequenceEqual(three[output].Values[..alone.Values.Length]), $"Output '{output}' differs.");
        }
    }

    private static void AssertOutputs(string name, CpuInstructionSet set, GoldenOutput[] golden)
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(Tapped(name));
        using CpuGraph compiled = CpuGraph.Compile(model.Graph, model.Weights, new CpuOptions { InstructionSet = set });
        var failures = new List<string>();
        foreach (IGrouping<(int Batch, int Height, int Width), GoldenOutput> input in golden.GroupBy(g => (g.Batch, g.Height, g.Width)))
        {
            HostTensor images = ParityImages.Batch(input.Key.Batch, input.Key.Height, input.Key.Width);
            Dictionary<string, float[]> found = TorchvisionLayout.Of(compiled.Run(images), CocoClasses);
            foreach (GoldenOutput output in input)
            {
                (double error, string description) = output.Compare(found[output.Name]);
                if (error > Tolerance)
                {
                    failures.Add(description);
                }
            }
        }

        Assert.True(failures.Count == 0, $"{name} on {set}, tolerance {Tolerance:E0}:\n{string.Join('\n', failures)}");
    }

    private static VisionModelBuilder Tapped(string name)
    {
        VisionModelBuilder builder = ParityModels.Builder(name);
        return name.StartsWith("retinanet", StringComparison.Ordinal)
            ? builder.Tap("P3").Tap("P4").Tap("P5").Tap("P6").Tap("P7")
            : builder;
    }

    private static TheoryData<string, CpuInstructionSet> Cross(IReadOnlyList<string> names, IReadOnlyList<CpuInstructionSet> sets)
    {
        var data = new TheoryData<string, CpuInstructionSet>();
        foreach (string name in names)
        {
            foreach (CpuInstructionSet set in sets)
            {
                data.Add(name, set);
            }
        }

        return data;
    }
}
