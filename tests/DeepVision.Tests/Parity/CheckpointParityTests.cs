using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Tensors;
using DeepVision.Tests.Shared;
using DeepVision.Weights;

namespace DeepVision.Tests.Parity;

/// <summary>Checkpoints with older names load as torchvision loads them (tests/golden/migrations.json).</summary>
public sealed class CheckpointParityTests
{
    private const string ImageNetResNet50 = "weights/imagenet-resnet50.pth";

    [Theory]
    [InlineData("retinanet_resnet50_fpn", true)] // frozen norms ignore the counters that a file has
    [InlineData("retinanet_resnet50_fpn_batchnorm", false)] // and others start at 0 where it has none
    [InlineData("retinanet_resnet50_fpn_v2", true)]
    [InlineData("densenet121", false)]
    [InlineData("vit_small", false)]
    [InlineData("fasterrcnn_resnet50_fpn", true)]
    public void LoadWeights_OlderNamesInLegacyContainer_FillsEveryParameter(string name, bool withCounters)
    {
        Dictionary<string, string> migrations = GoldenFolder.Json("migrations.json").GetProperty("models").GetProperty(name)
            .EnumerateObject().ToDictionary(entry => entry.Value.GetString()!, entry => entry.Name);
        IReadOnlyList<GoldenKey> keys = GoldenFolder.Keys(name);
        HashSet<string> names = [.. keys.Select(key => key.Key)];
        Dictionary<string, GoldenKey> tensors = keys.Where(key => !key.IsInteger)
            .ToDictionary(key => migrations.GetValueOrDefault(key.Key, key.Key));
        List<(string, TensorShape)> written = [.. tensors.Select(tensor => (tensor.Key, tensor.Value.Shape))];
        if (withCounters)
        {
            written.AddRange(names.Where(key => key.EndsWith(".running_var", StringComparison.Ordinal))
                .Select(key => (key.Replace(".running_var", ".num_batches_tracked", StringComparison.Ordinal), new TensorShape())));
        }

        using var file = new TemporaryFile();
        LegacyCheckpoint.Write(file.Path, written, key => ParityWeights.Values(tensors[key].Key, tensors[key].Shape, names));

        using VisionModel model = ParityModels.Builder(name).LoadWeights(file.Path).Build();

        WeightReport report = Assert.Single(model.Weights.Reports);
        Assert.True(report.IsExact, report.ToString());
        Assert.Equal(migrations.Count, report.Renamed.Count);
        Assert.Empty(model.Weights.Initialized);
        foreach (Parameter parameter in model.Parameters.Where(parameter => parameter.Role != ParameterRole.BatchCount))
        {
            AssertSame(ParityWeights.Values(parameter.Name, parameter.Shape, names), Read(model, parameter), parameter.Name);
        }

        float expectedCount = withCounters ? 7 : 0;
        foreach (Parameter parameter in model.Graph.Parameters.Where(parameter => parameter.Role == ParameterRole.BatchCount))
        {
            Assert.Equal(expectedCount, Read(model, parameter)[0]);
        }
    }

    [Fact]
    public void LoadWeights_SafeTensorsWithoutCounters_FillsEveryParameter()
    {
        IReadOnlyList<GoldenKey> keys = GoldenFolder.Keys("resnet18");
        HashSet<string> names = [.. keys.Select(key => key.Key)];
        using var file = new TemporaryFile();
        SafeTensorsWriter.Write(
            file.Path,
            keys.Where(key => !key.IsInteger).Select(key => KeyValuePair.Create(key.Key, ParityWeights.Handle(key.Key, key.Shape, names))));

        using VisionModel model = VisionModel.FromPreset("resnet18").LoadWeights(file.Path).Build();

        Assert.True(model.Weights.Reports[0].IsExact);
        foreach (Parameter parameter in model.Graph.Parameters)
        {
            AssertSame(ParityWeights.Values(parameter.Name, parameter.Shape, names), Read(model, parameter), parameter.Name);
        }
    }

    [SharedDataFact(ImageNetResNet50)]
    public void LoadWeights_ClassifierIntoDetectorsBackbone_IsBitEqualAndReportsTheRest()
    {
        string path = SharedData.PathOf(ImageNetResNet50);
        using WeightFile file = WeightFile.Open(path);

        using VisionModel model = VisionModel.FromPreset("retinanet_resnet50_fpn")
            .LoadWeights(ModelComponent.Backbone, path).InitializeWeights(seed: 1).Build();

        const string Body = "backbone.body.";
        Parameter[] backbone = [.. model.Graph.Parameters.Where(p => p.Name.StartsWith(Body, StringComparison.Ordinal))];
        Assert.Equal(265, backbone.Length); // 53 convolutions, each with four tensors of its norm
        foreach (Parameter parameter in backbone)
        {
            float[] expected = new float[parameter.Shape.ElementCount];
            file.Tensors[parameter.Name[Body.Length..]].ReadFloats(expected);
            AssertSame(expected, Read(model, parameter), parameter.Name);
        }

        WeightReport report = Assert.Single(model.Weights.Reports);
        Assert.Contains("fc.weight", report.Unused);
        Assert.Contains("fc.bias", report.Unused);
        Assert.Equal(
            model.Graph.Parameters.Where(p => !p.Name.StartsWith(Body, StringComparison.Ordinal)).Select(p => p.Name),
            model.Weights.Initialized.Select(p => p.Name));
    }

    private static float[] Read(VisionModel model, Parameter parameter)
    {
        float[] values = new float[parameter.Shape.ElementCount];
        model.Weights.Read(parameter, values);
        return values;
    }

    private static void AssertSame(float[] expected, float[] found, string key)
    {
        int same = expected.AsSpan().CommonPrefixLength(found);
        Assert.True(
            same == expected.Length,
            same == expected.Length ? "" : $"{key}[{same}]: expected {expected[same]:R}, found {found[same]:R}.");
    }

    private sealed class TemporaryFile : IDisposable
    {
        internal string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
