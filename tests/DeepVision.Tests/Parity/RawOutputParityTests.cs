using DeepVision.Cpu;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;
using DeepVision.Tests.Shared;

namespace DeepVision.Tests.Parity;

/// <summary>The CPU engine computes what PyTorch computes, on generated weights and images, for every preset.</summary>
public sealed class RawOutputParityTests
{
    public static TheoryData<string, CpuInstructionSet> Vectors { get; } = Cross(ParityModels.Usual, InstructionSetData.Vectors);

    public static TheoryData<string> Largest { get; } = [.. ParityModels.Largest];

    /// <summary>One model of each architecture; the reference's plain loops are too slow for more.</summary>
    public static TheoryData<string> ScalarModels { get; } =
    [
        "resnet18", "resnext50_32x4d", "cifar_resnet20", "vgg11_bn", "mobilenet_v1@0.25", "mobilenet_v2", "mobilenet_v3_small",
        "squeezenet1_1", "shufflenet_v2_x0_5", "shufflenet_v2@fastestdet", "retinanet_resnet50_fpn_v2", "fcos_resnet50_fpn",
        "ssdlite320_mobilenet_v3_large", "retinaface_mobilenet_0.25", "fastestdet",
        "densenet121", "regnet_y_400mf", "efficientnet_b0", "convnext_tiny", "vit_small",
        "fasterrcnn_resnet50_fpn", "fasterrcnn_mobilenet_v3_large_fpn", "deeplabv3_resnet50", "lraspp_mobilenet_v3_large",
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Run_GeneratedWeights_GivesPyTorchsOutputs(string name, CpuInstructionSet set)
    {
        bool widest = FullRun.IsAskedFor || set == InstructionSetData.Vectors[0];
        GoldenOutput[] golden = [.. GoldenOutput.Load(name)];
        int full = golden.Max(output => output.Height);

        // The full size once, on the widest set, to keep the suite short; everywhere with --full.
        RawOutputParity.AssertOutputs(name, set, [.. golden.Where(output => widest || output.Batch > 1 || output.Height < full)]);
    }

    [FullRunTheory]
    [MemberData(nameof(Largest))]
    public void Run_LargestModels_GiveWhatPyTorchGives(string name) =>
        RawOutputParity.AssertOutputs(name, InstructionSetData.Vectors[0], [.. GoldenOutput.Load(name)]);

    [Theory]
    [MemberData(nameof(ScalarModels))]
    public void Run_OnScalarReference_GivesPyTorchsOutputs(string name) => RawOutputParity.AssertSmallest(name, CpuInstructionSet.Scalar);

    [Theory]
    [InlineData("resnet50", 64, 64)]
    [InlineData("vgg13", 96, 129)]
    [InlineData("cifar_resnet32", 33, 47)]
    [InlineData("mobilenet_v3_small", 96, 129)]
    [InlineData("squeezenet1_1", 64, 64)]
    [InlineData("shufflenet_v2_x0_5", 96, 129)]
    [InlineData("retinanet_resnet50_fpn_v2", 96, 129)]
    [InlineData("densenet121", 96, 129)]
    [InlineData("efficientnet_b0", 96, 129)]
    [InlineData("convnext_tiny", 64, 64)]
    [InlineData("vit_small", 96, 96)]
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

    private static TheoryData<string, CpuInstructionSet> Cross(IReadOnlyList<string> names, IReadOnlyList<CpuInstructionSet> sets)
    {
        var data = new TheoryData<string, CpuInstructionSet>();
        foreach (string name in names)
        {
            foreach (CpuInstructionSet set in sets.Take(!FullRun.IsAskedFor && ParityModels.OnWidestOnly.Contains(name) ? 1 : sets.Count))
            {
                data.Add(name, set);
            }
        }

        return data;
    }
}
