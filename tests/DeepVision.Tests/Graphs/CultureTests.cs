using System.Globalization;
using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Tests.Graphs;

/// <summary>Texts are the same whatever culture the user's thread has.</summary>
public sealed class CultureTests
{
    [Fact]
    public void Describe_UnderACultureWithCommas_HasPoints() => UnderCommas(() =>
    {
        Assert.Equal("1,5", $"{1.5}");
        Assert.Equal("LeakyRelu(0.1)", Activation.LeakyRelu(0.1f).ToString());
        Assert.Equal("BatchNorm eps 0.001", new BatchNorm { Epsilon = 1e-3f }.Describe());
        Assert.Equal("GroupNorm 8 eps 0.001", new GroupNorm { Groups = 8, Epsilon = 1e-3f }.Describe());
        Assert.Equal("LayerNorm eps 0.001", new LayerNorm { Epsilon = 1e-3f }.Describe());
        Assert.Equal("Dropout 0.25", new Dropout { Probability = 0.25f }.Describe());
        Assert.Equal("StochasticDepth 0.25", new StochasticDepth { Probability = 0.25f }.Describe());
        Assert.Equal("Scale 0.25", new Scale { Factor = 0.25f }.Describe());
    });

    [Fact]
    public void Graph_OfModelsUnderACultureWithCommas_ReadsTheSame()
    {
        string[] names = ["convnext_tiny", "efficientnet_b0", "densenet121", "fcos_resnet50_fpn", "retinanet_resnet50_fpn"];
        foreach (string name in names)
        {
            using VisionModel model = VisionModel.FromPreset(name).Build();
            string expected = Texts();

            UnderCommas(() => Assert.Equal(expected, Texts()));

            string Texts() => string.Join('\n', model.Graph.Nodes.Select(node => node.ToString()).Append(model.ToString()));
        }
    }

    [Fact]
    public void Errors_UnderACultureWithCommas_HavePoints() => UnderCommas(() =>
    {
        RegNetSpec spec = RegNetSpec.Y400MF with { SqueezeRatio = -0.5f, BottleneckMultiplier = 1.5f };

        string message = Assert.Throws<ModelBuildException>(() => new RegNetBackbone(spec)).Message;

        Assert.Contains("squeeze ratio -0.5, bottleneck multiplier 1.5", message, StringComparison.Ordinal);
    });

    private static void UnderCommas(Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = commas;
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
