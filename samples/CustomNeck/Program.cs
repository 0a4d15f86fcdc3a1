// A neck of one's own, with public members only: dotnet run
using DeepVision;
using DeepVision.Backbones;
using DeepVision.Components;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Preprocessing;

using VisionModel model = VisionModel.Create()
    .UseResNet(ResNetSpec.ResNet18)
    .UseSqueezeExcitation(reduction: 16)
    .UseClassifier(["cat", "dog"])
    .InitializeWeights(seed: 1)
    .Build();
Console.WriteLine(model.Summary(224, 224).Split('\n')[^2]);
foreach (Parameter parameter in model.Graph.Parameters.Where(p => p.Name.StartsWith("se.", StringComparison.Ordinal)))
{
    Console.WriteLine($"  {parameter}");
}

using var classifier = model.CompileForCpu();
Console.WriteLine(string.Join(", ", classifier.Classify(new RgbImage(64, 64))));

/// <summary>Weighs the channels of the coarsest map by what the whole image holds (Hu et al. 2018).</summary>
internal sealed class SqueezeExcitationNeck(int reduction) : Neck
{
    public override string Name => "squeeze and excitation";

    public override string ScopeName => "se";

    // Sized only from what the component before promises; nobody types a channel count.
    public override IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted)
    {
        FeatureRequirements.RequireMaps(features);
        return [FeatureInfo.NeckMap(features[^1].Level, features[^1].Channels)];
    }

    public override IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted)
    {
        GraphValue map = features[^1].Value;
        GraphValue weight = scope.Add("pool", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, map);
        weight = scope.Convolution("fc1", weight, new() { OutChannels = map.Channels / reduction, Kernel = 1, HasBias = true });
        weight = scope.Activate("relu", weight, Activation.Relu);
        weight = scope.Convolution("fc2", weight, new() { OutChannels = map.Channels, Kernel = 1, HasBias = true });
        weight = scope.Activate("sigmoid", weight, Activation.Sigmoid);
        return [scope.Add("scale", new Multiply(), map, weight)];
    }
}

internal static class SqueezeExcitationBuilderExtensions
{
    public static VisionModelBuilder UseSqueezeExcitation(this VisionModelBuilder builder, int reduction) =>
        builder.UseNeck(new SqueezeExcitationNeck(reduction));
}
