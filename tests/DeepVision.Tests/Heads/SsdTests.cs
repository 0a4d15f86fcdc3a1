using DeepVision.Backbones;
using DeepVision.Cpu;
using DeepVision.Heads;
using DeepVision.Models;
using DeepVision.Necks;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Tests.Cpu;
using DeepVision.Tests.Parity;

namespace DeepVision.Tests.Heads;

public sealed class SsdTests
{
    /// <summary>As for all raw outputs: rounding only.</summary>
    private const double Tolerance = 2e-5;

    /// <summary>SSD300 itself takes the reference's plain loops four minutes.</summary>
    [Fact]
    public void Run_NarrowSsdOnScalarReference_GivesWhatEveryInstructionSetGives()
    {
        using VisionModel model = ParityModels.WithGeneratedWeights(VisionModel.Create()
            .UseSsdVgg(SsdVggSpec.Vgg16 with { Vgg = VggSpec.Vgg16 with { Widths = [4, 6, 8, 12, 10] }, FullyConnectedChannels = 20 })
            .UseSsdLayers(SsdLayersSpec.Ssd300 with { Layers = [.. SsdLayersSpec.Ssd300.Layers.Select(layer => layer with { Channels = 9, HiddenChannels = 7 })] })
            .UseSsd(new SsdHeadSpec { Classes = 5 }));
        HostTensor images = ParityImages.Batch(2, 268, 283);
        using CpuGraph scalar = CpuGraph.Compile(model.Graph, model.Weights, new CpuOptions { InstructionSet = CpuInstructionSet.Scalar });
        IReadOnlyDictionary<string, HostTensor> expected = scalar.Run(images);

        foreach (CpuInstructionSet set in InstructionSetData.Vectors)
        {
            using CpuGraph vectors = CpuGraph.Compile(model.Graph, model.Weights, new CpuOptions { InstructionSet = set });
            IReadOnlyDictionary<string, HostTensor> found = vectors.Run(images);
            foreach ((string output, HostTensor tensor) in expected)
            {
                double largest = tensor.Values.ToArray().Max(Math.Abs);
                double worst = tensor.Values.ToArray().Zip(found[output].Values.ToArray(), (a, b) => Math.Abs((double)a - b)).Max();
                Assert.True(worst <= Tolerance * largest, $"{output} on {set}: {worst:E2} of at most {largest:G4}.");
            }
        }
    }

    [Fact]
    public void Preset_Preprocessing_IsThatOfThePublishedWeights()
    {
        using VisionModel model = VisionModel.FromPreset("ssd300_vgg16").Build();
        ImagePreprocessing preprocessing = model.Preprocessing;

        // VGG's weights of that time want pixels of 0 to 255 without their mean.
        Assert.Equal(ResizeRule.Exact(ImageSize.Square(300)), preprocessing.Resize);
        Assert.Equal(1, preprocessing.SizeDivisor);
        Assert.Equal(new ChannelValues(0.48235f, 0.45882f, 0.40784f), preprocessing.Mean);
        Assert.Equal(ChannelValues.All(1f / 255f), preprocessing.Std);
    }

    [Fact]
    public void Preset_DecodingOfSsd300_IsThePublishedOne()
    {
        using VisionModel model = VisionModel.FromPreset("ssd300_vgg16").Build();

        var task = Assert.IsType<SsdTask>(model.Task);
        Assert.Equal((91, "__background__"), (task.Labels.Count, task.Labels[0]));
        Assert.Equal((0.01f, 400, 200, 0.45), (task.Decoder.Options.ScoreThreshold, task.Decoder.Options.TopKPerClass, task.Decoder.Options.MaxDetections, task.Decoder.Options.Nms.IouThreshold));
        Assert.Equal(["P3", "P4", "P5", "P6", "P7", "P8"], task.Levels);
    }

    [Fact]
    public void Parameters_OfSsdsFeatures_AreThoseOfVgg()
    {
        using VisionModel vgg = VisionModel.FromPreset("vgg16").Build();
        using VisionModel ssd = VisionModel.FromPreset("ssd300_vgg16").Build();

        string[] shared = [.. ssd.Parameters.Select(p => p.Name).Where(name => name.StartsWith("backbone.features.", StringComparison.Ordinal))];

        Assert.Equal(2 * 10, shared.Length);
        Assert.All(shared, name => Assert.Contains(vgg.Parameters, p => $"backbone.{p.Name}" == name));
    }

    [Fact]
    public void Constructors_ImpossibleNumbers_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdHead(new SsdHeadSpec { Classes = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdLayersNeck(new SsdLayersSpec { Layers = [] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdLayersNeck(new SsdLayersSpec { Layers = [new(8, 0)] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsdVggBackbone(SsdVggSpec.Vgg16 with { Dilation = 0 }));
        Assert.Throws<ModelBuildException>(() => new SsdVggBackbone(SsdVggSpec.Vgg16 with { Vgg = VggSpec.Vgg16 with { Depths = [1, 1] } }));
    }

    [Fact]
    public void Build_ImageTooSmallForTheLastLayers_NamesTheNode()
    {
        using VisionModel model = VisionModel.FromPreset("ssd300_vgg16").Build();

        var exception = Assert.Throws<ModelBuildException>(() => model.Graph.InferShapes(new TensorShape(1, 3, 200, 200)));

        Assert.Contains("backbone.extra.4.2", exception.Message, StringComparison.Ordinal);
    }
}
