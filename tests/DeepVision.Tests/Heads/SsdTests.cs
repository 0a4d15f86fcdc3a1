using DeepVision.Backbones;
using DeepVision.Cpu;
using DeepVision.Graphs.Operations;
using DeepVision.Heads;
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

    [Theory]
    [InlineData("ssd300_vgg16", 300, 0.48235f, 0.45882f, 0.40784f, 1f / 255f)] // VGG's weights of that time want pixels of 0 to 255
    [InlineData("ssdlite320_mobilenet_v3_large", 320, 0.5f, 0.5f, 0.5f, 0.5f)]
    public void Preset_Preprocessing_IsThatOfThePublishedWeights(string name, int side, float red, float green, float blue, float std)
    {
        using VisionModel model = VisionModel.FromPreset(name).Build();
        ImagePreprocessing preprocessing = model.Preprocessing;

        Assert.Equal(ResizeRule.Exact(ImageSize.Square(side)), preprocessing.Resize);
        Assert.Equal(1, preprocessing.SizeDivisor);
        Assert.Equal(new ChannelValues(red, green, blue), preprocessing.Mean);
        Assert.Equal(ChannelValues.All(std), preprocessing.Std);
    }

    [Theory]
    [InlineData("ssd300_vgg16", 0.01f, 400, 200, 0.45, 3)]
    [InlineData("ssdlite320_mobilenet_v3_large", 0.001f, 300, 300, 0.55, 4)]
    public void Preset_Decoding_IsThatOfThePublishedWeights(string name, float threshold, int topK, int most, double overlap, int finest)
    {
        using VisionModel model = VisionModel.FromPreset(name).Build();

        var task = Assert.IsType<SsdTask>(model.Task);
        SsdDecoderOptions options = task.Decoder.Options;
        Assert.Equal((threshold, topK, most, overlap), (options.ScoreThreshold, options.TopKPerClass, options.MaxDetections, options.Nms.IouThreshold));
        Assert.Equal((91, "__background__"), (task.Labels.Count, task.Labels[0]));
        Assert.Equal(Enumerable.Range(finest, 6).Select(level => $"P{level}"), task.Levels);
    }

    [Fact]
    public void Preset_NormsOfSsdLite_HaveTheConstantsOfThePublishedWeights()
    {
        using VisionModel model = VisionModel.FromPreset("ssdlite320_mobilenet_v3_large").Build();

        BatchNorm[] norms = [.. model.Graph.Nodes.Select(node => node.Operation).OfType<BatchNorm>()];

        Assert.NotEmpty(norms);
        Assert.All(norms, norm => Assert.Equal((0.001f, 0.03f), (norm.Epsilon, norm.Momentum)));
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
